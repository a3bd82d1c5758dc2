/**
 * The order in which a tensor's dimensions are stored, the slowest first, if the tensor is contiguous: shape [4, 3] with strides [1, 4] →
 * [1, 0]. Undefined if there are other elements between its own.
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
