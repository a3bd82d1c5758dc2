import { runBatches } from "../batch/run-batches.js";
import { toFeeds } from "../batch/to-feeds.js";
import type { TokenBatch } from "../batch/token-batch.js";
import { ModelConfigError } from "../errors/model-config-error.js";
import type { InferenceSession } from "../session/inference-session.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { LogitsSource } from "./logits-source.js";

export interface SessionLogitsParts {
  readonly session: InferenceSession;
  /** Name of the session's output: logits [rows, labels]. */
  readonly output: string;
  /** Labels that the configuration speaks of. */
  readonly numLabels: number;
  readonly tokenizer: TextTokenizer;
  readonly batchTokens: number;
}

/**
 * Logits of every pair from one session.
 * @throws ModelConfigError from a call, when the model gives another number of logits than the configuration says
 */
export function sessionLogits(parts: SessionLogitsParts): LogitsSource {
  const { session, output, numLabels, tokenizer, batchTokens } = parts;
  const compute = async (batch: TokenBatch): Promise<Float32Array[]> => {
    const { data } = await session.run(toFeeds(batch, session.inputs), output, batch.wide);
    const labels = data.length / batch.rows;
    if (labels !== numLabels) {
      throw new ModelConfigError("num_labels", `${labels}, as many as the model gives logits`, numLabels);
    }
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
