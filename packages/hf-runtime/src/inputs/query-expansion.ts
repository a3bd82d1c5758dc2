import type { Task } from "../contracts/task.js";
import type { Encoding } from "../tokenizer/text-tokenizer.js";
import type { InputEncoder } from "./input-encoder.js";

/** How short queries are padded with tokens that are matched like words. */
export interface QueryExpansion {
  /** Number of tokens of an expanded query. */
  readonly length: number;
  /** Whether longer queries are cut to this length. */
  readonly isFixed: boolean;
  /** Whether the query's own tokens attend to the padding tokens. */
  readonly attend: boolean;
  /** Id of the padding token. */
  readonly tokenId: number;
}

/** A model's settings for queries and documents. */
export interface RoleSettings {
  /** Longest query in tokens. @default the tokenizer's limit */
  readonly queryLength: number | undefined;
  /** Longest document in tokens. @default the tokenizer's limit */
  readonly documentLength: number | undefined;
  readonly expansion: QueryExpansion | undefined;
}

/** Options of {@link expandedInputs}. */
export interface ExpandedInputsOptions extends RoleSettings {
  /** Longest input in tokens that the caller allows. */
  readonly maxLength: number | undefined;
  readonly paddingSide: "left" | "right";
}

/** An encoder for late-interaction models. It cuts queries and documents to different lengths, and expands queries. */
export function expandedInputs(inner: InputEncoder, settings: ExpandedInputsOptions): InputEncoder {
  const { queryLength, documentLength, expansion, maxLength, paddingSide } = settings;
  const expanded = (encoding: Encoding): Encoding =>
    expansion ? filledUp(encoding, expansion, paddingSide) : encoding;
  const lengthOf = (task: Task | undefined): number | undefined => {
    const own = task === "query" ? queryLimit(queryLength, expansion) : task && documentLength;
    return own === undefined ? undefined : Math.min(own, maxLength ?? own);
  };
  return {
    ...inner,
    encodeInSlices(input, prompt, options = {}, signal) {
      const { task } = options;
      const found = inner.encodeInSlices(input, prompt, { ...options, maxLength: lengthOf(task) }, signal);
      if (task !== "query") return found;
      return found instanceof Promise ? found.then(expanded) : expanded(found);
    },
  };
}

function queryLimit(length: number | undefined, expansion: QueryExpansion | undefined): number | undefined {
  if (expansion?.isFixed) return expansion.length;
  return length === undefined || expansion === undefined ? length : Math.max(length, expansion.length);
}

/** Expands a query to at least the configured length, on the side of padding. */
function filledUp(
  encoding: Encoding,
  { length, isFixed, attend, tokenId }: QueryExpansion,
  paddingSide: "left" | "right",
): Encoding {
  const missing = length - encoding.ids.length;
  if (missing <= 0) return encoding;
  // If the length is not fixed, Python always appends the tokens, even if padding is on the left.
  const start = isFixed && paddingSide === "left" ? missing : 0;
  const ids = new Int32Array(length).fill(tokenId);
  const typeIds = new Int32Array(length);
  const mask = new Int32Array(length).fill(attend ? 1 : 0);
  ids.set(encoding.ids, start);
  typeIds.set(encoding.typeIds, start);
  mask.fill(1, start, start + encoding.ids.length);
  return { ids, typeIds, mask, truncated: encoding.truncated };
}
