/**
 * Added to the scores of padding: so far below any score that the sum rounds to it, so that a token that may look at
 * nothing looks at everything alike, as in PyTorch; and far enough from float32's end to be added twice.
 */
export const MASKED = -1e30;
