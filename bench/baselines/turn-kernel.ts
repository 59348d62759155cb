/** The kernel that takes a gradient back through a convolution. */

/**
 * Turned by 180°, inputs and outputs exchanged: [pixels · D, channels] from [pixels · channels, D].
 * @param pixels of the kernel
 */
export function turnKernel(weight: Float32Array, pixels: number, outputs: number): Float32Array {
  const channels = weight.length / pixels / outputs;
  const turned = new Float32Array(weight.length);
  let at = 0;
  for (let pixel = pixels - 1; pixel >= 0; pixel--) {
    for (let channel = 0; channel < channels; channel++) {
      for (let output = 0; output < outputs; output++) {
        turned[(pixel * outputs + output) * channels + channel] = weight[at++] as number;
      }
    }
  }
  return turned;
}
