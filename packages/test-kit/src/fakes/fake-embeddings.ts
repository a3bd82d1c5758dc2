import { Embeddings } from "@langchain/core/embeddings";

export interface FakeEmbeddingsOptions {
  /** @default 16 */
  readonly dimensions?: number;
  /** Fixed vectors for certain texts; they must have `dimensions` elements. */
  readonly vectors?: Readonly<Record<string, readonly number[]>>;
}

/**
 * Embeddings without a model. Each word has its own direction, so that texts that share words are near each other. The same text always
 * gets the same vector, of length 1; texts without words get the first axis.
 */
export class FakeEmbeddings extends Embeddings {
  readonly dimensions: number;
  /** Texts of each call of `embedDocuments`. */
  readonly calls: string[][] = [];
  readonly #vectors: Readonly<Record<string, readonly number[]>>;

  constructor({ dimensions = 16, vectors = {} }: FakeEmbeddingsOptions = {}) {
    super({});
    this.dimensions = dimensions;
    this.#vectors = vectors;
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    this.calls.push([...texts]);
    return texts.map((text) => this.embed(text));
  }

  async embedQuery(text: string): Promise<number[]> {
    return this.embed(text);
  }

  /** Returns the vector of a text. */
  embed(text: string): number[] {
    const known = this.#vectors[text];
    if (known !== undefined) return [...known];
    const sum = new Array<number>(this.dimensions).fill(0);
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
      const direction = directionOf(word, this.dimensions);
      direction.forEach((value, i) => {
        sum[i] = sum[i]! + value;
      });
    }
    const length = Math.hypot(...sum);
    return length === 0 ? sum.map((_, i) => (i === 0 ? 1 : 0)) : sum.map((value) => value / length);
  }
}

/** Returns a direction that depends only on the word: FNV-1a seeds a small generator. */
function directionOf(word: string, dimensions: number): number[] {
  let state = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) state = Math.imul(state ^ word.charCodeAt(i), 0x01000193);
  return Array.from({ length: dimensions }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  });
}
