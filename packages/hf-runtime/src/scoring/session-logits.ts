import { runBatches } from "../batch/run-batches.js";
import { toFeeds } from "../batch/to-feeds.js";
import type { TokenBatch } from "../batch/token-batch.js";
import type { InferenceSession } from "../session/inference-session.js";
import type { TextTokenizer } from "../tokenize/text-tokenizer.js";
import type { LogitsSource } from "./logits-source.js";

export interface SessionLogitsParts {
  readonly session: InferenceSession;
  /** Name of the session's output: logits [rows, labels]. */
  readonly output: string;
  readonly tokenizer: TextTokenizer;
  readonly batchTokens: number;
}

/** Logits of every pair from one session. */
export function sessionLogits({ session, output, tokenizer, batchTokens }: SessionLogitsParts): LogitsSource {
  const compute = async (batch: TokenBatch): Promise<Float32Array[]> => {
    const { data } = await session.run(toFeeds(batch, session.inputs), output, batch.wide);
    const labels = data.length / batch.rows;
    return Array.from({ length: batch.rows }, (_, row) => data.slice(row * labels, (row + 1) * labels));
  };
  return (pairs, options) =>
    runBatches(
      {
        count: pairs.length,
        characters: (index) => pairs[index]![0].length + pairs[index]![1].length,
        encode: (index) => tokenizer.encode(...pairs[index]!, { truncation: options.truncation }),
        padding: tokenizer,
        batchTokens,
        lanes: session.lanes,
      },
      compute,
      options,
    );
}
