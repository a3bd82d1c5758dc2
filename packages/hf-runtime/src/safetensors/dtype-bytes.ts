/** Bytes of a value of each element type that a graph can hold. Tensors of other types are not looked at. */
export const DTYPE_BYTES: Readonly<Record<string, number>> = {
  F32: 4,
  F16: 2,
  BF16: 2,
  U8: 1,
  I8: 1,
  I64: 8,
};
