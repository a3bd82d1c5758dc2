/**
 * For every position of a text in UTF-8: the best score of the pieces up to there, and the last of these pieces. Position 0 is the
 * start of the text.
 */
export class Lattice {
  /** [size] the text */
  readonly bytes: Uint8Array;
  /** [size + 1] */
  readonly scoreTo: Float64Array;
  /** [size + 1] where the last piece starts; -1 if no piece ends there */
  readonly startOf: Int32Array;
  /** [size + 1] id of the last piece */
  readonly idOf: Int32Array;

  constructor(readonly capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.scoreTo = new Float64Array(capacity + 1);
    this.startOf = new Int32Array(capacity + 1);
    this.idOf = new Int32Array(capacity + 1);
  }

  /** Clears the pieces of an earlier text. */
  begin(size: number): void {
    this.startOf.fill(-1, 0, size + 1);
    this.scoreTo[0] = 0;
  }

  /**
   * The last position up to which later text cannot change the best pieces.
   * @param from a position that is on every best path
   * @param next the first position whose pieces have not been looked up
   * @param reach no piece ends after this position
   */
  settled(from: number, next: number, reach: number): number {
    const { startOf } = this;
    if (reach - next > MAX_LOOKS) return from;
    const open = new Set<number>();
    for (let at = next; at <= reach; at++) if (startOf[at]! >= 0) open.add(at);
    // Every best path passes one of these positions. Trace them back until all come from one.
    for (let looked = 0; open.size > 1 && looked < MAX_LOOKS; looked++) {
      const last = Math.max(...open);
      open.delete(last);
      open.add(startOf[last]!);
    }
    const [settled = from] = open;
    return open.size === 1 ? Math.max(from, settled) : from;
  }
}

/** Maximum positions to trace: enough for any real vocabulary. Beyond them, more text is read first. */
const MAX_LOOKS = 512;
