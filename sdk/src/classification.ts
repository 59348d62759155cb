/** What a classification answers. */
export interface LabelScore {
  readonly label: string;
  /** Softmax probability, 0 to 1. */
  readonly score: number;
}

export interface Classification {
  /** The class with the highest score. */
  readonly label: string;
  /** The `topK` best classes, best first. */
  readonly scores: readonly LabelScore[];
  /** Difference of the two best probabilities, 0 to 1: how clear the decision is. */
  readonly margin: number;
}
