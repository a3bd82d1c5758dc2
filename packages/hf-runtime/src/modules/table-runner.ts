import { workSlices } from "@secondpass/core";
import type { Encoding } from "../tokenizer/text-tokenizer.js";
import type { ModelRunner } from "./model-runner.js";
import type { ApplyModule, TokenTable } from "./module.js";
import type { ReadRows } from "./read-rows.js";

/** Texts whose features are in memory at a time. */
const BATCH_TEXTS = 64;

/** The parts that {@link tableRunner} needs. */
export interface TableRunnerParts<Row> {
  readonly model: string;
  readonly table: TokenTable;
  /** The modules that follow the table. */
  readonly applied: readonly ApplyModule[];
  readonly readRows: ReadRows<Row>;
}

/** Runs a model that begins with a token table. It computes on the calling thread, in time slices, because a text only takes microseconds. */
export function tableRunner<Row>({
  model,
  table,
  applied,
  readRows,
}: TableRunnerParts<Row>): ModelRunner<Row> {
  const tokenId = (token: string) => table.tokenizer.tokenId(token);
  return async (inputs, options) => {
    const {
      prompt = "",
      task,
      truncationSide,
      signal,
      onProgress,
      onTokens,
      positions,
      checkWidth,
    } = options;
    const slices = workSlices(signal);
    const results: Row[] = [];
    for (let start = 0; start < inputs.length; start += BATCH_TEXTS) {
      const texts: Encoding[] = [];
      for (const input of inputs.slice(start, start + BATCH_TEXTS)) {
        if (slices.due()) await slices.pause();
        const encoding = await table.inputs.encodeInSlices(input, prompt, { task, truncationSide }, signal);
        onTokens?.(start + texts.length, encoding.ids.length);
        texts.push(encoding);
      }
      let features = await table.embed(texts);
      for (const apply of applied) features = await apply(features);
      const position = (row: number) => positions?.[start + row] ?? start + row;
      results.push(...readRows(features, { model, rows: texts.length, task, position, checkWidth, tokenId }));
      signal?.throwIfAborted();
      onProgress?.(results.length, inputs.length);
    }
    return results;
  };
}
