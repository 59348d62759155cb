/** In workerd what only images, learning and training need; loaded when it is first needed. */
export { default as extraKernels } from '../wasm/extra.wasm';
