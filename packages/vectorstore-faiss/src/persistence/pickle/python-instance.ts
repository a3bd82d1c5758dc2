/** An object that gets its state after it was made, by BUILD. */
export class PythonInstance {
  /** What the state made of it; `undefined` before. */
  value: unknown = undefined;

  constructor(
    readonly className: string,
    private readonly onState: (state: unknown) => unknown,
  ) {}

  setState(state: unknown): void {
    this.value = this.onState(state);
  }
}
