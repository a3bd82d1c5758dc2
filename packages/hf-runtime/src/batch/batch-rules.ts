import { UnsupportedInputError } from "../errors/unsupported-input-error.js";
import type { InputTensor, TensorPort } from "../session/inference-session.js";
import { emptyPast, isPast, type PastSizes } from "./empty-past.js";

/** What the inputs of a graph require of a batch. */
export interface BatchRules {
  /** Maximum number of inputs in a batch. */
  readonly maxRows: number;
  /** Number of tokens of every batch, if the graph fixes it. */
  readonly tokens: number | undefined;
  /**
   * Maximum number of tokens of an input that may share a batch with inputs of other lengths: 0 for a graph without a mask, because padding
   * would count as text.
   */
  readonly mixedTokens: number;
  /** Functions that make the inputs that do not depend on tokens, by name. */
  readonly others: ReadonlyMap<string, (rows: number) => InputTensor>;
}

/** Options of {@link batchRules}. */
export interface BatchRulesOptions {
  /** Sizes of the attention cache, if the graph does not fix them. @default unknown */
  readonly past?: PastSizes;
  /** Whether only the result for the last token of a batch is read. @default false */
  readonly lastTokenOnly?: boolean;
}

/** The rules of a graph that accepts any batch. */
export const ANY_BATCH: BatchRules = {
  maxRows: Number.POSITIVE_INFINITY,
  tokens: undefined,
  mixedTokens: Number.POSITIVE_INFINITY,
  others: new Map(),
};

/** Names of the inputs that a batch of tokens can give. */
export const BATCH_INPUTS = ["input_ids", "attention_mask", "token_type_ids", "position_ids"] as const;

const MASK = "attention_mask";
/** Input of exports for transformers.js: for how many last tokens a causal model gives logits. 0 means all. */
const KEPT_LOGITS = "num_logits_to_keep";

/**
 * Checks the inputs of a graph and returns its rules for batches.
 * @throws UnsupportedInputError for an input that a batch of tokens cannot give
 */
export function batchRules(
  ports: readonly TensorPort[],
  { past = {}, lastTokenOnly = false }: BatchRulesOptions = {},
): BatchRules {
  const others = new Map<string, (rows: number) => InputTensor>();
  for (const port of ports) {
    if (isPast(port.name)) others.set(port.name, emptyPast(port, past));
    if (port.name === KEPT_LOGITS && port.type === "int64") {
      const data = BigInt64Array.of(lastTokenOnly ? 1n : 0n);
      others.set(port.name, () => ({ type: "int64", data, dims: port.shape?.length === 1 ? [1] : [] }));
    }
    if (others.has(port.name)) continue;
    const isKnown = (BATCH_INPUTS as readonly string[]).includes(port.name);
    if (!isKnown || (port.type !== "int32" && port.type !== "int64")) {
      throw new UnsupportedInputError(port.name, port.type, BATCH_INPUTS);
    }
    checkShape(port);
  }
  const hasMask = ports.some(({ name }) => name === MASK);
  const ofTokens = ports.filter(({ name }) => !others.has(name));
  const tokens = ofTokens.map(({ shape }) => fixed(shape?.[1])).find((size) => size !== undefined);
  if (tokens !== undefined && !hasMask) {
    const advice =
      "Without an attention_mask, shorter texts cannot be padded to its length. Choose another file with onnxFile.";
    throw new UnsupportedInputError("input_ids", `[…, ${tokens}]`, BATCH_INPUTS, advice);
  }
  const isSingle = ports.some(({ shape }) => fixed(shape?.[0]) === 1);
  return {
    maxRows: isSingle ? 1 : Number.POSITIVE_INFINITY,
    tokens,
    mixedTokens: hasMask ? Number.POSITIVE_INFINITY : 0,
    others,
  };
}

function checkShape({ name, type, shape = [] }: TensorPort): void {
  const rows = fixed(shape[0]);
  if (shape.length !== 0 && shape.length !== 2) {
    const advice = "Inputs are [texts, tokens]. Choose another file with onnxFile.";
    throw new UnsupportedInputError(name, `${type} [${shape}]`, BATCH_INPUTS, advice);
  }
  if (rows !== undefined && rows !== 1) {
    const advice = `It takes exactly ${rows} texts at a time. Export it with a dynamic batch size, or with a batch size of 1.`;
    throw new UnsupportedInputError(name, `${type} [${shape}]`, BATCH_INPUTS, advice);
  }
}

/** A size that the graph fixes; undefined for a name, which means that it may vary. */
function fixed(size: number | string | undefined): number | undefined {
  return typeof size === "number" && size > 0 ? size : undefined;
}
