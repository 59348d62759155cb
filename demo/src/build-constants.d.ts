/** Size of the model's file, put in by vite.config.ts. */
declare const MODEL_BYTES: number;
