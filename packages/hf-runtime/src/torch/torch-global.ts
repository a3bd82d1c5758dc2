/** A name of Python's that a pickle may call, or that stands for an element type. */
export class TorchGlobal {
  constructor(
    readonly name: string,
    /** What a call gives; undefined for a name that is not called. */
    readonly call?: (args: readonly unknown[]) => unknown,
    /** Element type that the name stands for; undefined for one that is none, or for bytes of any type. */
    readonly dtype?: string,
  ) {}
}
