/** A score that a model gave, and whether the passage is relevant. */
export interface LabelledScore {
  /** On the model's own scale. A finite number. */
  readonly score: number;
  readonly relevant: boolean;
}
