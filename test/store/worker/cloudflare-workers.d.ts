/** What the Worker of these tests needs of workerd. */
declare module 'cloudflare:workers' {
  export class DurableObject<Env> {
    protected readonly ctx: {
      readonly storage: import('../../../sdk/src/store/durable-object-store.ts').DurableStorage & {
        deleteAll(): Promise<void>;
      };
    };
    protected readonly env: Env;
  }
}
