/** Where the model's thread begins. */
import { expose } from 'comlink';
import { ModelThread } from './model-thread.ts';

expose(new ModelThread());
