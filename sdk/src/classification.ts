/** What a classification answers. */
export interface LabelScore {
  readonly label: string;
  /** Calibrated probability that the sample is of this class, if it is of any; 0 to 1. */
  readonly score: number;
}

export interface Classification {
  /** The class with the highest score. */
  readonly label: string;
  /** The `topK` best classes, best first. */
  readonly scores: readonly LabelScore[];
  /** Difference of the two best probabilities, 0 to 1: how clear the decision is. */
  readonly margin: number;
  /**
   * How typical the sample is of the best class, 0 to 1: of the samples of known classes, 5 % lie below
   * 0.05 and half lie below 0.5. 1 for models without statistics, which cannot tell.
   */
  readonly familiarity: number;
  /** Whether the sample is less familiar than `unknownBelow`: of no class that the model knows. */
  readonly unknown: boolean;
}
