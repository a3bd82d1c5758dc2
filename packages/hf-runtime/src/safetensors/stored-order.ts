/**
 * The order in which a tensor's dimensions are stored, the slowest first, if that is all that differs from row-major: strides [1, 4] of shape
 * [4, 3] → [1, 0]. Undefined if its elements have others between them.
 */
export function storedOrder(
  shape: readonly number[],
  strides: readonly number[],
): readonly number[] | undefined {
  const order = shape.map((_, i) => i).sort((a, b) => strides[b]! - strides[a]! || a - b);
  let stride = 1;
  for (const i of [...order].reverse()) {
    if (shape[i] !== 1 && strides[i] !== stride) return undefined;
    stride *= shape[i]!;
  }
  return order;
}
