import type { TextPair } from "@secondpass/core";
import type { TokenRelevance, TokenScores } from "../contracts/cross-encoder.js";
import { InferenceError } from "../errors/inference-error.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { ModelRunner } from "../modules/model-runner.js";
import type { LogitsOptions, LogitsSource } from "./logits-source.js";
import { type PassageWindow, passageWindows } from "./passage-windows.js";

/** [pairs] → logits and the relevance of the passages' tokens, in the caller's order. */
export type TokenScoresSource = (
  pairs: readonly TextPair[],
  options: LogitsOptions,
) => Promise<TokenScores[]>;

/** Makes the logits of a runner whose rows also have the relevance of tokens after the logit. */
export function logitsBeforeTokens(run: ModelRunner): LogitsSource {
  return async (pairs, options) => (await run(pairs, options)).map((row) => row.slice(0, 1));
}

/**
 * Makes token scores from rows with a logit and the relevance of each token of the pair, special tokens included: it finds the passage's
 * tokens in them. A passage that does not fit is read in windows ({@link passageWindows}), each with the query; the logit is the first window's.
 * @param model id or path of the model, for errors
 */
export function tokenScores(
  model: string,
  run: ModelRunner,
  { locateInSlices }: Pick<InputEncoder, "locateInSlices">,
): TokenScoresSource {
  return async (pairs, options) => {
    const { prompt = "", truncation, signal, onProgress } = options;
    signal?.throwIfAborted();
    const windows: (readonly PassageWindow[])[] = [];
    for (const pair of pairs) {
      windows.push(
        await passageWindows(pair, (part) => locateInSlices!(part, prompt, { truncation }, signal)),
      );
    }
    const inputs = windows.flatMap((parts) => parts.map(({ pair }) => pair));
    const rows = await run(inputs, {
      ...options,
      positions: windows.flatMap((parts, pair) => parts.map(() => pair)),
      onProgress:
        onProgress && ((done) => onProgress(Math.floor((done * pairs.length) / inputs.length), pairs.length)),
    });
    let row = 0;
    return windows.map((parts, i) => {
      const logits = rows[row]!.slice(0, 1);
      const last = parts.at(-1)!;
      const tokens = parts.flatMap((part) => {
        const all = tokensOf(model, part, rows[row++]!);
        return part === last ? all : all.filter((token) => token.start < part.end);
      });
      const readEnd = Math.min(last.end, last.start + last.located.readEnd);
      return {
        logits,
        tokens,
        readStart: parts[0]!.located.readStart,
        // Spaces at the end of the passage are in no window, but count as read.
        readEnd: /\S/.test(pairs[i]![1].slice(readEnd)) ? readEnd : pairs[i]![1].length,
      };
    });
  };
}

/** The tokens of a window, with their positions in the passage. */
function tokensOf(model: string, { start, located }: PassageWindow, row: Float32Array): TokenRelevance[] {
  const { first, starts, ends } = located;
  if (row.length < 1 + first + starts.length) {
    const reason = `expected the relevance of ${first + starts.length} tokens, got ${row.length - 1}`;
    throw new InferenceError(model, reason);
  }
  return Array.from(starts, (from, token) => {
    return { start: start + from, end: start + ends[token]!, relevance: row[1 + first + token]! };
  });
}
