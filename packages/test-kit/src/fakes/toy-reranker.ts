/** A reranker whose logits identify their pair, and that can be made to wait or fail. */
export interface ToyReranker {
  readonly model: string;
  readonly labels: readonly string[];
  readonly maxLength: number;
  countTokens(text: string, pair?: string): number;
  logits(
    pairs: readonly (readonly [string, string])[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<Float32Array[]>;
  dispose(): Promise<void>;
  /** Sizes of its batches. */
  readonly batches: readonly number[];
  /** Runs before every batch. */
  before: () => Promise<void> | void;
}

/** Returns the toy reranker's logit for a pair's text, which rises with its length. */
export const toyLogit = (text: string) => text.length / 8 - 1;

/**
 * Makes a reranker for tests of servers, which must not depend on the model. It is not a mock of hf-runtime, but another implementation of
 * its contract. Pairs are at most 16 words long.
 */
export function toyReranker(numLabels = 1): ToyReranker {
  const batches: number[] = [];
  const model: ToyReranker = {
    model: "toy",
    labels: Array.from({ length: numLabels }, (_, index) => `LABEL_${index}`),
    maxLength: 16,
    countTokens: (text, pair) => text.split(" ").length + (pair?.split(" ").length ?? 0) + 3,
    async logits(pairs, options) {
      batches.push(pairs.length);
      await model.before();
      options?.signal?.throwIfAborted();
      return pairs.map(([, text]) =>
        numLabels === 1 ? Float32Array.of(toyLogit(text)) : Float32Array.of(0, toyLogit(text)),
      );
    },
    dispose: async () => {},
    batches,
    before: () => {},
  };
  return model;
}

/** Blocks a model's next batches until `open` is called. */
export function gate(model: ToyReranker): { open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  model.before = () => opened;
  return { open: () => open() };
}
