/** A growing list of whole numbers below 2³². */
export class GrowingNumbers {
  #values = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  increase(position: number): void {
    this.#values[position]!++;
  }

  at(position: number): number {
    return this.#values[position]!;
  }
}
