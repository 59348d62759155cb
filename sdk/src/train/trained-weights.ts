/** Numbers in training are float32 always, by parameter name. */
export type TrainedWeights = ReadonlyMap<string, Float32Array>;
