/** An object that gets its state after it was made, by BUILD. */
export class PythonInstance {
  /** What the state made of it; `undefined` before. */
  value: unknown = undefined;

  constructor(
    readonly className: string,
    /** What a state makes of the object, or a promise of it if that takes long. */
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
