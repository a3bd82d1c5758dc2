import type { TextPair } from "@secondpass/core";
import type { TokenScores } from "../contracts/cross-encoder.js";
import { InferenceError } from "../errors/inference-error.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { ModelRunner } from "../modules/model-runner.js";
import type { LogitsOptions, LogitsSource } from "./logits-source.js";

/** [pairs] → their logits and the relevance of the passages' tokens, in the caller's order. */
export type TokenScoresSource = (
  pairs: readonly TextPair[],
  options: Omit<LogitsOptions, "topN">,
) => Promise<TokenScores[]>;

/** The logits of a runner whose rows have the relevance of tokens behind them. */
export function logitsBeforeTokens(run: ModelRunner): LogitsSource {
  return async (pairs, options) => (await run(pairs, options)).map((row) => row.slice(0, 1));
}

/**
 * Reads rows of a logit and the relevance of each token of the pair, special tokens among them, and finds the tokens of the passage.
 * @param model for errors
 */
export function tokenScores(
  model: string,
  run: ModelRunner,
  { locateInSlices }: Pick<InputEncoder, "locateInSlices">,
): TokenScoresSource {
  return async (pairs, options) => {
    const rows = await run(pairs, options);
    const { prompt = "", truncation, signal } = options;
    const found: TokenScores[] = [];
    for (const [i, pair] of pairs.entries()) {
      const row = rows[i]!;
      const located = await locateInSlices!(pair, prompt, { truncation }, signal);
      const { first, starts, ends, readStart, readEnd } = located;
      if (row.length < 1 + first + starts.length) {
        const reason = `expected the relevance of ${first + starts.length} tokens, got ${row.length - 1}`;
        throw new InferenceError(model, reason);
      }
      const tokens = Array.from(starts, (start, token) => {
        return { start, end: ends[token]!, relevance: row[1 + first + token]! };
      });
      found.push({ logits: row.slice(0, 1), tokens, readStart, readEnd });
    }
    return found;
  };
}
