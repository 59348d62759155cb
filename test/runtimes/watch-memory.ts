/** Watches the WebAssembly memories that are made from now on: an engine's memory is its own affair. */

const memories: WebAssembly.Memory[] = [];
const { Instance } = WebAssembly;

WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    const { memory } = this.exports;
    if (memory instanceof WebAssembly.Memory) memories.push(memory);
  }
};

/** Bytes of all memories watched. */
export function memoryBytes(): number {
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
