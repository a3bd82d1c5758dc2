import type { Model } from "./model.js";
import { lookUp, ROOT } from "./unigram/double-array-trie.js";
import type { UnigramTables } from "./unigram/unigram-tables.js";

/** How much worse than the worst piece an unknown character is (kUnkPenalty in SentencePiece). */
const UNKNOWN_PENALTY = 10;

/** "▁" as UTF-8. */
const SPACE_SIGN = [0xe2, 0x96, 0x81];

/** Splits text into the likeliest pieces (Viterbi over UTF-8 bytes), step for step as `tokenizers`, ties included. */
export class UnigramModel implements Model {
  private readonly unknownScore: number;
  private readonly encoder = new TextEncoder();
  // Reused from call to call, and grown when a text needs more.
  private bytes = new Uint8Array(1024);
  private scoreTo = new Float64Array(1025);
  private startOf = new Int32Array(1025);
  private idOf = new Int32Array(1025);

  constructor(readonly tables: UnigramTables) {
    let least = Number.POSITIVE_INFINITY;
    for (const score of tables.scores) if (score < least) least = score;
    this.unknownScore = least - UNKNOWN_PENALTY;
  }

  tokenId(token: string): number | undefined {
    const bytes = this.encoder.encode(token);
    const id = lookUp(this.tables.trie, bytes, 0, bytes.length);
    return id < 0 ? undefined : id;
  }

  /**
   * Ids of a stretch of normalised text.
   * @param prefixed whether to put a "▁" in front
   */
  encode(text: string, prefixed = false): number[] {
    this.reserve(text.length * 3 + SPACE_SIGN.length);
    const size = this.writeBytes(text, prefixed);
    this.findBestPath(size);
    return this.readBestPath(size);
  }

  /** Writes UTF-8 into `bytes`; by hand, because the call of TextEncoder takes longer than a word. */
  private writeBytes(text: string, prefixed: boolean): number {
    const { bytes } = this;
    let at = 0;
    if (prefixed) for (const byte of SPACE_SIGN) bytes[at++] = byte;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x80) bytes[at++] = unit;
      else if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >> 6);
        bytes[at++] = 0x80 | (unit & 0x3f);
      } else if (unit >= 0xd800 && unit <= 0xdfff) {
        // Beyond the BMP, which is rare.
        return at + this.encoder.encodeInto(text.slice(index), bytes.subarray(at)).written;
      } else {
        bytes[at++] = 0xe0 | (unit >> 12);
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[at++] = 0x80 | (unit & 0x3f);
      }
    }
    return at;
  }

  /** Fills, for every position a piece can end at, the best score up to there and the piece that leads there. */
  private findBestPath(size: number): void {
    const { bytes, scoreTo, startOf, idOf, unknownScore } = this;
    const { scores, unknownId } = this.tables;
    const { base, label, value } = this.tables.trie;
    startOf.fill(-1, 0, size + 1);
    scoreTo[0] = 0;
    for (let start = 0; start < size; ) {
      const before = scoreTo[start]!;
      const next = start + characterBytes(bytes[start]!);
      let single = false;
      let node = ROOT;
      for (let at = start; at < size; ) {
        const children = base[node]!;
        if (children === 0) break;
        const byte = bytes[at++]!;
        node = children ^ byte;
        if (label[node] !== byte) break;
        const id = value[node]!;
        if (id < 0) continue;
        const score = scores[id]! + before;
        if (startOf[at]! < 0 || score > scoreTo[at]!) {
          scoreTo[at] = score;
          startOf[at] = start;
          idOf[at] = id;
        }
        if (at === next) single = true;
      }
      if (!single) {
        const score = unknownScore + before;
        if (startOf[next]! < 0 || score > scoreTo[next]!) {
          scoreTo[next] = score;
          startOf[next] = start;
          idOf[next] = unknownId;
        }
      }
      start = next;
    }
  }

  private readBestPath(size: number): number[] {
    const { startOf, idOf } = this;
    const { unknownId } = this.tables;
    const ids: number[] = [];
    for (let end = size; end > 0; ) {
      let start = startOf[end]!;
      if (idOf[end] !== unknownId) ids.push(idOf[end]!);
      else {
        // Unknown characters in a row make one piece.
        while (start > 0 && idOf[start] === unknownId) start = startOf[start]!;
        this.pushUnknown(ids, start, end);
      }
      end = start;
    }
    return ids.reverse();
  }

  /** Appends, last first, the ids of a stretch that no piece covers. */
  private pushUnknown(ids: number[], start: number, end: number): void {
    const { trie, unknownId, byteFallback } = this.tables;
    const whole = lookUp(trie, this.bytes, start, end);
    if (whole >= 0) {
      ids.push(whole);
      return;
    }
    if (byteFallback) {
      const bytes = Array.from(this.bytes.subarray(start, end), (byte) =>
        this.tokenId(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`),
      );
      if (bytes.every((id) => id !== undefined)) {
        ids.push(...bytes.reverse());
        return;
      }
    }
    ids.push(unknownId);
  }

  private reserve(size: number): void {
    if (size <= this.bytes.length) return;
    const capacity = size * 2;
    this.bytes = new Uint8Array(capacity);
    this.scoreTo = new Float64Array(capacity + 1);
    this.startOf = new Int32Array(capacity + 1);
    this.idOf = new Int32Array(capacity + 1);
  }
}

/** Length of the UTF-8 character that starts with a byte. */
function characterBytes(first: number): number {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
