import type { TextPair, VocabularyAware } from "@secondpass/core";
import { BaseCrossEncoder, type ScoreOptions } from "@secondpass/cross-encoders";
import type { HuggingFaceCrossEncoder, ScoredTokens } from "@secondpass/cross-encoders/huggingface";

/** Scores by pair, the oldest first. */
export type ScoreMemory = Map<string, number>;

/** Pairs remembered for each model: some megabytes. */
const MAX_PAIRS = 5000;

/**
 * A cross-encoder that remembers its scores, so that moving a slider of the page computes only new pairs. One object serves one request, and counts the pairs that
 * it computed.
 */
export class RememberedScores extends BaseCrossEncoder implements VocabularyAware {
  readonly model: string;
  /** Pairs that were computed, and those that were remembered. */
  computed = 0;
  remembered = 0;
  readonly #inner: HuggingFaceCrossEncoder;
  readonly #memory: ScoreMemory;

  constructor(inner: HuggingFaceCrossEncoder, memory: ScoreMemory) {
    super();
    this.#inner = inner;
    this.#memory = memory;
    this.model = inner.model;
  }

  override async score(pairs: readonly TextPair[], options?: ScoreOptions): Promise<number[]> {
    const keys = pairs.map((pair) => JSON.stringify(pair));
    const missing = pairs.filter((_, i) => !this.#memory.has(keys[i]!));
    const computed = await this.#inner.score(missing, options);
    this.computed += missing.length;
    this.remembered += pairs.length - missing.length;
    let next = 0;
    const scores = keys.map((key) => this.#memory.get(key) ?? computed[next++]!);
    for (const [i, key] of keys.entries()) {
      this.#memory.delete(key);
      this.#memory.set(key, scores[i]!);
    }
    for (const key of this.#memory.keys()) {
      if (this.#memory.size <= MAX_PAIRS) break;
      this.#memory.delete(key);
    }
    return scores;
  }

  knownShare(text: string, options?: Pick<ScoreOptions, "signal">): Promise<number> {
    return this.#inner.knownShare(text, options);
  }

  scoreTokens(pairs: readonly TextPair[], options?: ScoreOptions): Promise<ScoredTokens[]> {
    return this.#inner.scoreTokens(pairs, options);
  }

  tokenThreshold(options?: Pick<ScoreOptions, "signal">): Promise<number | undefined> {
    return this.#inner.tokenThreshold(options);
  }
}
