/**
 * SentencePiece's precompiled normalisation rules: a double array (the layout of darts-clone) from UTF-8 bytes to
 * offsets into a list of replacements, each ended by a zero byte.
 * Source: https://github.com/google/sentencepiece, src/normalizer.cc (DecodePrecompiledCharsMap).
 */
export class Charsmap {
  private readonly units: Uint32Array;
  private readonly replacements: Buffer;

  /** @param base64 `precompiled_charsmap` of a tokenizer.json */
  constructor(base64: string) {
    const bytes = Buffer.from(base64, "base64");
    const trieBytes = bytes.readUInt32LE(0);
    this.units = Uint32Array.from({ length: trieBytes / 4 }, (_, index) => bytes.readUInt32LE(4 + 4 * index));
    this.replacements = bytes.subarray(4 + trieBytes);
  }

  /** The replacement of a text that starts with a rule's left side: the right side of the shortest such rule. Undefined if no rule matches. */
  replacement(text: string): string | undefined {
    const { units } = this;
    const bytes = Buffer.from(text, "utf8");
    let position = offset(units[0]!);
    for (const byte of bytes) {
      if (byte === 0) return undefined;
      position ^= byte;
      const unit = units[position];
      if (unit === undefined || label(unit) !== byte) return undefined;
      position ^= offset(unit);
      if (hasLeaf(unit)) return this.text(value(units[position]!));
    }
    return undefined;
  }

  private text(start: number): string {
    const end = this.replacements.indexOf(0, start);
    return this.replacements.toString("utf8", start, end === -1 ? undefined : end);
  }
}

// The fields of a darts-clone unit, 32 bits.
const label = (unit: number) => (unit & 0x800000ff) >>> 0;
const hasLeaf = (unit: number) => ((unit >>> 8) & 1) === 1;
const value = (unit: number) => unit & 0x7fffffff;
const offset = (unit: number) => (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
