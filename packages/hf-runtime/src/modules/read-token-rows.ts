import { feature } from "./apply/feature.js";
import { unitVector } from "./apply/unit-vector.js";
import { checkFiniteRows } from "./check-finite-rows.js";
import type { TokenChoice } from "./module.js";
import type { ReadRows, RowContext } from "./read-rows.js";

/** Options of {@link readTokenRows}. */
export interface ReadTokenRowsOptions {
  /** The choices of the model's modules, in order. */
  readonly choices: readonly TokenChoice[];
  /** Whether to scale vectors to length 1 here, because no module does. */
  readonly normalizes: boolean;
}

/** Reads the vectors of each text's matched tokens: [texts][tokens][width]. */
export function readTokenRows({ choices, normalizes }: ReadTokenRowsOptions): ReadRows<Float32Array[]> {
  return (features, context) => {
    const { rows } = context;
    const { data, dims } = feature(features, "token_embeddings", "The model");
    const [, tokens = 0, width = 0] = dims;
    checkFiniteRows(data as Float32Array, tokens * width, "text", context);
    const ids = feature(features, "input_ids", "The model").data as Int32Array;
    const attended = feature(features, "attention_mask", "The model").data;
    const all = features.token_mask?.data ?? attended;
    const isMatched = matcher(choices, context);
    return Array.from({ length: rows }, (_, row) => {
      const vectors: Float32Array[] = [];
      for (let at = row * tokens; at < (row + 1) * tokens; at++) {
        if (!isMatched(ids[at]!, attended[at] === 1, all[at] === 1)) continue;
        const vector = (data as Float32Array).slice(at * width, (at + 1) * width);
        vectors.push(normalizes ? unitVector(vector) : vector);
      }
      return vectors;
    });
  };
}

/**
 * Makes a function that decides whether a token is matched. Attended tokens are, and tokens that expand a query if there is any choice. Every
 * choice must agree.
 */
function matcher(choices: readonly TokenChoice[], { task, tokenId }: RowContext) {
  const isQuery = task === "query";
  const rules = choices.map(({ skipped, skippingTasks, kept }) => ({
    skipped: new Set(skippingTasks.includes(task ?? "document") ? skipped.map(tokenId) : []),
    kept: !isQuery && kept.length > 0 ? new Set(kept) : undefined,
  }));
  return (id: number, isAttended: boolean, isToken: boolean): boolean => {
    let matched = isAttended;
    for (const { skipped, kept } of rules) {
      if (isQuery) matched ||= isToken && !isAttended;
      matched &&= !skipped.has(id) && (kept?.has(id) ?? true);
    }
    return matched;
  };
}
