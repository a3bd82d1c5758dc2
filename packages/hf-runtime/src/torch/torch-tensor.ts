import type { TorchStorage } from "./torch-storage.js";

/** A tensor in a pickle: a view of a storage. */
export class TorchTensor {
  constructor(
    readonly storage: TorchStorage,
    /** Element type by safetensors' names. */
    readonly dtype: string,
    /** Index of the tensor's first element in the storage. */
    readonly offset: number,
    readonly shape: readonly number[],
    /** Strides in elements. */
    readonly strides: readonly number[],
  ) {}
}
