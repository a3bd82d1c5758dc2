/** A reranker whose logits tell which pair they belong to, and that can be made to wait or fail. */
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
  /** Sizes of the batches it was given. */
  readonly batches: readonly number[];
  /** Runs before every batch. */
  before: () => Promise<void> | void;
}

/** What the toy reranker gives for a pair: rising with the text's length. */
export const toyLogit = (text: string) => text.length / 8 - 1;

/**
 * Not a mock of hf-runtime but another tenant of its contract: what a server does must not depend on the model. Pairs are at most 16
 * words long.
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

/** Holds a model's next batches until opened. */
export function gate(model: ToyReranker): { open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  model.before = () => opened;
  return { open: () => open() };
}
