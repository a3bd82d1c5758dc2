/**
 * Value that is added to the scores of masked tokens. It is so far below any score that the sum rounds to it; a token that may attend to
 * nothing then attends to all tokens equally, as in PyTorch. It can be added twice without leaving float32's range.
 */
export const MASKED = -1e30;
