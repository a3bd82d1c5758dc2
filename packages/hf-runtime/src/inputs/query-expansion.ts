import type { Task } from "../contracts/task.js";
import type { Encoding } from "../tokenizer/text-tokenizer.js";
import type { InputEncoder } from "./input-encoder.js";

/** How short queries are filled up with tokens that look for matches of their own. */
export interface QueryExpansion {
  /** Tokens of an expanded query. */
  readonly length: number;
  /** Whether longer queries are cut to it. */
  readonly isFixed: boolean;
  /** Whether the other tokens attend to those that fill up. */
  readonly attend: boolean;
  /** Id of the token that fills up. */
  readonly tokenId: number;
}

/** What a model says of its queries and documents. */
export interface RoleSettings {
  /** Longest query in tokens. @default the tokenizer's limit */
  readonly queryLength: number | undefined;
  /** Longest document in tokens. @default the tokenizer's limit */
  readonly documentLength: number | undefined;
  readonly expansion: QueryExpansion | undefined;
}

/** What {@link expandedInputs} takes. */
export interface ExpandedInputsOptions extends RoleSettings {
  /** Longest input in tokens that the caller wants. */
  readonly maxLength: number | undefined;
  readonly paddingSide: "left" | "right";
}

/** Reads queries and documents as a late-interaction model wants them: each cut to its own length, and queries filled up. */
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

/** A query of at least the length of its expansion, which is where padding would be. */
function filledUp(
  encoding: Encoding,
  { length, isFixed, attend, tokenId }: QueryExpansion,
  paddingSide: "left" | "right",
): Encoding {
  const missing = length - encoding.ids.length;
  if (missing <= 0) return encoding;
  // Python fills up a query that is not padded to a fixed length behind it, whatever the side of padding.
  const start = isFixed && paddingSide === "left" ? missing : 0;
  const ids = new Int32Array(length).fill(tokenId);
  const typeIds = new Int32Array(length);
  const mask = new Int32Array(length).fill(attend ? 1 : 0);
  ids.set(encoding.ids, start);
  typeIds.set(encoding.typeIds, start);
  mask.fill(1, start, start + encoding.ids.length);
  return { ids, typeIds, mask, truncated: encoding.truncated };
}
