import { runSteps } from "../steps/run-steps.js";
import type { Steps } from "../steps/steps.js";
import { byteTokenIds } from "./byte-token-ids.js";
import type { LocatedId } from "./located-id.js";
import type { Model } from "./model.js";
import { lookUp, ROOT } from "./unigram/double-array-trie.js";
import { Lattice } from "./unigram/lattice.js";
import type { UnigramTables } from "./unigram/unigram-tables.js";

/** An unknown character scores this much less than the worst piece (kUnkPenalty in SentencePiece). */
const UNKNOWN_PENALTY = 10;

/** "▁" as UTF-8. */
const SPACE_MARK = [0xe2, 0x96, 0x81];

/** Bytes between two pauses. */
const STEP = 1024;

/** Splits text into the likeliest pieces (Viterbi over UTF-8 bytes), step for step as `tokenizers`, ties included. */
export class UnigramModel implements Model {
  private readonly unknownScore: number;
  private readonly encoder = new TextEncoder();
  /** Lattice of the current word; replaced by a larger one when a word needs it. */
  private lattice = new Lattice(1024);
  /** No piece that `advance` has found ends after this position. */
  private reach = 0;
  /** [256] made when first needed */
  private byteIds: readonly (number | undefined)[] | undefined;

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
    const room = text.length * 3 + SPACE_MARK.length;
    if (room > this.lattice.capacity) this.lattice = new Lattice(room * 2);
    const size = this.writeBytes(text, prefixed);
    this.lattice.begin(size);
    this.advance(this.lattice, size, 0, size);
    const ids: number[] = [];
    runSteps(this.readBestPath(this.lattice, 0, size, ids));
    return ids;
  }

  *encodeInSteps(text: string, enough: number): Steps<readonly number[]> {
    return yield* this.readInSteps(text, enough);
  }

  *locateInSteps(text: string, enough: number): Steps<readonly LocatedId[]> {
    const bounds: number[] = [];
    const ids = yield* this.readInSteps(text, enough, bounds);
    const places: LocatedId[] = [];
    let unit = 0;
    let byte = 0;
    const unitAt = (place: number): number => {
      if (place < byte) unit = byte = 0;
      while (byte < place) {
        const code = text.codePointAt(unit)!;
        byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        unit += code < 0x10000 ? 1 : 2;
      }
      return unit;
    };
    for (const [i, id] of ids.entries()) {
      if (i % STEP === STEP - 1) yield;
      places.push({ id, start: unitAt(bounds[2 * i]!), end: unitAt(bounds[2 * i + 1]!) });
    }
    return places;
  }

  /** @param bounds receives the start and end byte of each id's text; for each byte of an unknown stretch, those of the whole stretch */
  private *readInSteps(text: string, enough: number, bounds?: number[]): Steps<readonly number[]> {
    const bytes = this.encoder.encode(text);
    const size = bytes.length;
    const lattice = new Lattice(size);
    lattice.bytes.set(bytes);
    lattice.begin(size);
    const ids: number[] = [];
    let settled = 0;
    for (let next = 0; next < size; ) {
      yield;
      const from = next;
      next = this.advance(lattice, size, from, Math.min(size, from + STEP));
      if (next >= size || enough === Number.POSITIVE_INFINITY) continue;
      // Ids that later text cannot change are read early.
      let end = lattice.settled(settled, next, this.reach);
      // Unknown characters in a row make one piece.
      while (end > settled && lattice.idOf[end] === this.tables.unknownId) end = lattice.startOf[end]!;
      if (end <= settled) continue;
      yield* this.readBestPath(lattice, settled, end, ids, bounds);
      settled = end;
      if (ids.length >= enough) return ids;
    }
    yield* this.readBestPath(lattice, settled, size, ids, bounds);
    return ids;
  }

  /** Writes UTF-8 into the lattice; by hand, because the call of TextEncoder takes longer than a word. */
  private writeBytes(text: string, prefixed: boolean): number {
    const { bytes } = this.lattice;
    let at = 0;
    if (prefixed) for (const byte of SPACE_MARK) bytes[at++] = byte;
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

  /**
   * Looks up the pieces that start at the positions from `from` to `until`.
   * @returns the first position that is not looked up yet
   */
  private advance(lattice: Lattice, size: number, from: number, until: number): number {
    const { bytes, scoreTo, startOf, idOf } = lattice;
    const { unknownScore } = this;
    const { scores, unknownId } = this.tables;
    const { base, label, value } = this.tables.trie;
    let start = from;
    let reach = from;
    while (start < until) {
      const before = scoreTo[start]!;
      const next = start + characterBytes(bytes[start]!);
      let single = false;
      let node = ROOT;
      let at = start;
      while (at < size) {
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
      if (at > reach) reach = at;
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
    this.reach = Math.max(reach, start);
    return start;
  }

  /** Appends the ids of the best path between two positions on it. */
  private *readBestPath(
    lattice: Lattice,
    from: number,
    to: number,
    out: number[],
    bounds?: number[],
  ): Steps<void> {
    const { startOf, idOf } = lattice;
    const { unknownId } = this.tables;
    const ids: number[] = [];
    const reversed: number[] = [];
    for (let end = to; end > from; ) {
      if (ids.length % STEP === STEP - 1) yield;
      let start = startOf[end]!;
      if (idOf[end] !== unknownId) ids.push(idOf[end]!);
      else {
        // Unknown characters in a row make one piece.
        while (start > from && idOf[start] === unknownId) start = startOf[start]!;
        this.pushUnknown(lattice.bytes, ids, start, end);
      }
      if (bounds) while (reversed.length < 2 * ids.length) reversed.push(end, start);
      end = start;
    }
    for (let at = ids.length - 1; at >= 0; at--) out.push(ids[at]!);
    if (bounds) for (let at = reversed.length - 1; at >= 0; at--) bounds.push(reversed[at]!);
  }

  /** Appends the ids of a stretch that no piece covers, in reverse order. */
  private pushUnknown(bytes: Uint8Array, ids: number[], start: number, end: number): void {
    const { trie, unknownId, byteFallback } = this.tables;
    const whole = lookUp(trie, bytes, start, end);
    if (whole >= 0) {
      ids.push(whole);
      return;
    }
    const before = ids.length;
    if (byteFallback) {
      this.byteIds ??= byteTokenIds((token) => this.tokenId(token));
      for (let at = end - 1; at >= start; at--) {
        const id = this.byteIds[bytes[at]!];
        if (id === undefined) {
          // If one byte has no token, none of them is used.
          ids.length = before;
          break;
        }
        ids.push(id);
      }
    }
    if (ids.length === before) ids.push(unknownId);
  }
}

/** Length of the UTF-8 character that starts with a byte. */
function characterBytes(first: number): number {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
