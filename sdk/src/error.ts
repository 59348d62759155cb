/** Every way in which the SDK refuses something. Codes are stable; messages may improve. */
export type HffErrorCode =
  /** An input has the wrong number of values or an image the wrong layout. */
  | 'input/shape'
  /** An input holds NaN or an infinity, or numbers whose sums leave float32. */
  | 'input/not-finite'
  /** An input holds a number outside the range that the model names. */
  | 'input/range'
  /** Bytes are not an image that can be decoded. */
  | 'input/image'
  /** An image has more pixels than the limit. */
  | 'input/too-large'
  /** An option is out of its range (`topK`, epochs, layer sizes, …). */
  | 'option/invalid'
  /** Bytes are not a safetensors file, or are cut off. */
  | 'snapshot/malformed'
  /** The file was written by a newer version of the format. */
  | 'snapshot/version'
  /** The file is well formed, but its parts do not fit each other. */
  | 'snapshot/inconsistent'
  /** A stored number is NaN or an infinity. */
  | 'snapshot/not-finite'
  /** A data set is not where it was looked for. */
  | 'data/not-found'
  /** A data file does not follow its format. */
  | 'data/malformed'
  /** A data set has no samples. */
  | 'data/empty'
  /** Labels do not fit the samples or the model. */
  | 'data/labels'
  /** A download failed or its checksum is wrong. */
  | 'data/download'
  /** A class's label is no text, empty, longer than 256 characters, or has a lone surrogate. */
  | 'learn/label'
  /** There is no class of this label. */
  | 'learn/unknown-class'
  /** What is to be forgotten was never learned. */
  | 'learn/not-learned'
  /** A class is to be renamed to the label of another. */
  | 'learn/exists'
  /** A learned state belongs to another model. */
  | 'learn/foreign'
  /** All classes are forgotten: there is nothing to decide for. */
  | 'learn/no-classes'
  /** The model's file holds no statistics, on which learning builds. */
  | 'learn/no-statistics'
  /** More classes than a learned state may have. */
  | 'learn/too-many'
  /** A class has too few samples at hand for layers to be adapted. */
  | 'learn/too-few'
  /** Something was learned, or layers were adapted, while this took its time. */
  | 'learn/changed'
  /** Data are not those of a learned state, or are damaged. */
  | 'learn/malformed'
  /** There is no room left to store something; nothing was written. */
  | 'store/full'
  /** The platform refuses to load or store something for another reason. */
  | 'store/unavailable'
  /** What is stored is damaged beyond repair. */
  | 'store/damaged'
  /** Another writer took a model out of the store, or wrote faster than this one could follow. */
  | 'store/conflict'
  /** The server cannot be reached; what there is to be told will be told the next time. */
  | 'sync/unreachable'
  /** The server does not take part: the key is not valid there, or the model is another. */
  | 'sync/refused'
  /** The numeric engine has no memory left. */
  | 'backend/memory'
  /** A thread on which a layer learns did not start, or ended. */
  | 'backend/thread'
  /** The numeric engine could not start. */
  | 'backend/unavailable';

/** The one error class of the SDK: says where, what was expected, what came, and what to do. */
export class HffError extends Error {
  readonly code: HffErrorCode;

  constructor(code: HffErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HffError';
    this.code = code;
  }
}
