import type { TorchStorage } from "./torch-storage.js";

/** What a pickle says of a tensor: a view of a storage. */
export class TorchTensor {
  constructor(
    readonly storage: TorchStorage,
    /** Element type by safetensors' names. */
    readonly dtype: string,
    /** Elements before the first. */
    readonly offset: number,
    readonly shape: readonly number[],
    /** Elements from one row of a dimension to the next. */
    readonly strides: readonly number[],
  ) {}
}
