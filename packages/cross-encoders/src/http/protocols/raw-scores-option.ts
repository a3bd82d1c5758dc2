/** Option of protocols whose servers can leave out the activation function. */
export interface RawScoresOption {
  /** Whether to return logits instead of scores from 0 to 1; they are finer if the activation saturates. @default false */
  readonly rawScores?: boolean;
}
