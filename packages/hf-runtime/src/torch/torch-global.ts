/** A Python name that a pickle may call, or that stands for an element type. */
export class TorchGlobal {
  constructor(
    readonly name: string,
    /** Computes the result of a call; undefined for a name that is not called. */
    readonly call?: (args: readonly unknown[]) => unknown,
    /** Element type that the name stands for; undefined for other names, and for bytes of any type. */
    readonly dtype?: string,
  ) {}
}
