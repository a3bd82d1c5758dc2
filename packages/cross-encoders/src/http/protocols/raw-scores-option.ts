/** Option of protocols whose servers can leave out the activation function. */
export interface RawScoresOption {
  /** Logits instead of scores of 0 to 1; finer where the activation saturates. @default false */
  readonly rawScores?: boolean;
}
