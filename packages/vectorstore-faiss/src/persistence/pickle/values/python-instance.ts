/** An object that gets its state after it was made, by the opcode BUILD. */
export class PythonInstance {
  /** The object's value, made from its state; `undefined` before. */
  value: unknown = undefined;

  constructor(
    readonly className: string,
    /** Makes the value from a state; returns a promise if that takes long. */
    private readonly onState: (state: unknown) => unknown,
  ) {}

  /** @returns a promise if the value is not ready yet */
  setState(state: unknown): Promise<void> | undefined {
    const made = this.onState(state);
    if (made instanceof Promise) {
      return made.then((value) => {
        this.value = value;
      });
    }
    this.value = made;
    return undefined;
  }
}
