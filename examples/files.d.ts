/** What a bundler makes of the model's file: Vite its address, wrangler its bytes. */
declare module '@hff-edge/sdk/digits.safetensors?url' {
  const address: string;
  export default address;
}
declare module '@hff-edge/sdk/digits.safetensors' {
  const bytes: ArrayBuffer;
  export default bytes;
}
