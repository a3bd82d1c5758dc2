import type { ServedEmbedder } from "../src/index.js";

/** An embedder whose vectors show their text and the options. */
export interface ToyEmbedder extends ServedEmbedder {
  /** Options of each batch, without functions and signals. */
  readonly ways: readonly object[];
  /** Sizes of the batches. */
  readonly batches: readonly number[];
  /** Runs before every batch. */
  before: () => Promise<void> | void;
}

/** Returns the toy embedder's vector of a text: its length, and a number that is not exact in float32. */
export function toyVector(text: string): number[] {
  return [text.length, 0.1, -0.25];
}

/** Makes an embedder of three dimensions and at most 16 words, with prompts for queries and passages. It reports how many tokens it reads. */
export function toyEmbedder(): ToyEmbedder {
  const ways: object[] = [];
  const batches: number[] = [];
  const countTokens = (text: string) => text.split(" ").length + 2;
  const model: ToyEmbedder = {
    model: "toy-embedder",
    dimensions: 3,
    maxLength: 16,
    prompts: { query: "query: ", passage: "passage: " },
    countTokens,
    async embed(texts, { signal, onTokens, onProgress: _, ...way } = {}) {
      ways.push(way);
      batches.push(texts.length);
      await model.before();
      signal?.throwIfAborted();
      return texts.map((text, place) => {
        onTokens?.(place, Math.min(16, countTokens(text)));
        return Float32Array.from(toyVector(text));
      });
    },
    decode: (ids, options) => `${ids.join("-")}${options?.skipSpecialTokens ? "" : "!"}`,
    dispose: async () => {},
    ways,
    batches,
    before: () => {},
  };
  return model;
}
