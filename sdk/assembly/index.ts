/**
 * What the host calls to classify by dense layers; what else there is, is in `extra.ts`. The module has
 * no state and no data of its own: all memory is the host's.
 */
export { affineFloat32 } from './affine-float32';
export { affineInt8 } from './affine-int8';
export { pickBackground } from './background';
export { classScores } from './class-scores';
export { dotRows } from './dot';
export { addBiasRelu, allFinite, scale } from './elements';
export { decodeFloat16 } from './float16';
export { freezeFloat16, freezeFloat32 } from './freeze-float';
export { freezeInt8 } from './freeze-int8';
export { multiply, multiplyPanels, multiplyRoom } from './multiply';
export { panelsBytes } from './panels';
export { project } from './sphere';
export { sumPanels } from './sum-panels';
