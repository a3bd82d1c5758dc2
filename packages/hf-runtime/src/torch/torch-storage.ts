/** A storage in a pickle: consecutive elements in a file. */
export class TorchStorage {
  constructor(
    /** Name in the file. */
    readonly key: string,
    /** Element type by safetensors' names; undefined if the storage has bytes of any type. */
    readonly dtype: string | undefined,
    /** Number of elements, or of bytes if the storage has no type. */
    readonly size: number,
  ) {}
}
