import type { WorkSlices } from "@secondpass/core";

/**
 * The k best of a stream: highest score first, ties to the lower position. A binary heap with the worst on top, in
 * the layout the WASM kernels use, so that both fill the same memory.
 */
export class TopK {
  private size = 0;

  /**
   * @param scores room for k numbers
   * @param positions room for k numbers
   */
  constructor(
    private readonly k: number,
    private readonly scores = new Float64Array(k),
    private readonly positions = new Float64Array(k),
  ) {}

  /** The lowest score of a candidate that can be kept; -Infinity while there is room. */
  get threshold(): number {
    return this.size < this.k ? -Infinity : this.scores[0]!;
  }

  get count(): number {
    return this.size;
  }

  push(score: number, position: number): void {
    if (Number.isNaN(score)) return; // rows of damaged files are never neighbours
    if (this.size < this.k) this.rise(this.size++, score, position);
    else if (this.isWorse(this.scores[0]!, this.positions[0]!, score, position)) this.sink(score, position);
  }

  /**
   * Sorts the kept pairs, best first, in slices; nothing may be pushed afterwards. For many pairs, of which `sorted` would make objects.
   * @throws the signal's reason
   */
  async sortInSlices(slices: WorkSlices): Promise<void> {
    const { scores, positions } = this;
    // A heap sort: move the worst pair to the end, repeatedly.
    for (let end = this.size - 1; end > 0; end--) {
      const [score, position] = [scores[end]!, positions[end]!];
      [scores[end], positions[end]] = [scores[0]!, positions[0]!];
      this.sink(score, position, end);
      if (slices.due()) await slices.pause();
    }
  }

  scoreAt(rank: number): number {
    return this.scores[rank]!;
  }

  positionAt(rank: number): number {
    return this.positions[rank]!;
  }

  /** The kept [score, position] pairs, best first. */
  sorted(): Array<[score: number, position: number]> {
    const pairs: Array<[number, number]> = [];
    for (let i = 0; i < this.size; i++) pairs.push([this.scores[i]!, this.positions[i]!]);
    return pairs.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  }

  private isWorse(score: number, position: number, otherScore: number, otherPosition: number): boolean {
    return score < otherScore || (score === otherScore && position > otherPosition);
  }

  /** Adds a pair at the end, and moves it up while it is worse than its parent. */
  private rise(start: number, score: number, position: number): void {
    let i = start;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.isWorse(score, position, this.scores[parent]!, this.positions[parent]!)) break;
      this.scores[i] = this.scores[parent]!;
      this.positions[i] = this.positions[parent]!;
      i = parent;
    }
    this.scores[i] = score;
    this.positions[i] = position;
  }

  /** Replaces the worst pair, which is on top, and moves the new one down below worse children. @param size pairs of the heap */
  private sink(score: number, position: number, size = this.k): void {
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      const right = child + 1;
      if (
        right < size &&
        this.isWorse(this.scores[right]!, this.positions[right]!, this.scores[child]!, this.positions[child]!)
      ) {
        child = right;
      }
      if (!this.isWorse(this.scores[child]!, this.positions[child]!, score, position)) break;
      this.scores[i] = this.scores[child]!;
      this.positions[i] = this.positions[child]!;
      i = child;
    }
    this.scores[i] = score;
    this.positions[i] = position;
  }
}
