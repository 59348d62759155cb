/**
 * What only images, learning and training need, in a module of its own that works in the memory of the
 * first: a page that classifies by dense layers loads none of it.
 */
export { addOuter } from './add-outer';
export { factorTriangle } from './cholesky';
export { classScoresGradient } from './class-scores';
export { adam, addScaled, columnSums, hadamard } from './elements';
export { columnMoments, standardise, standardiseGradient } from './moments';
export { takePatches } from './patches';
export { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pool';
export { solveTriangle } from './solve-triangle';
export { normaliseRows, sphereGradient, tangent } from './sphere';
export { triangleBytes, triangleRoom } from './triangle';
