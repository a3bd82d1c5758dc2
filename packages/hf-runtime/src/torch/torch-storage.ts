/** What a pickle says of a storage: a run of elements in a file. */
export class TorchStorage {
  constructor(
    /** Name in the file. */
    readonly key: string,
    /** Element type by safetensors' names; undefined if the storage has bytes of any type. */
    readonly dtype: string | undefined,
    /** Elements; bytes of a storage without a type. */
    readonly size: number,
  ) {}
}
