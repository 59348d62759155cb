/** What decoders of images are told; apart, so that its type needs none of theirs. */
export interface DecodeOptions {
  /** Most pixels an image may have. Default 4096 · 4096. */
  readonly maxPixels?: number;
}
