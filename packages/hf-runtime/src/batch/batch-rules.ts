import { UnsupportedInputError } from "../errors/unsupported-input-error.js";
import type { TensorPort } from "../session/inference-session.js";

/** What the inputs of a graph ask of a batch. */
export interface BatchRules {
  /** Most inputs of a batch. */
  readonly maxRows: number;
  /** Tokens of every batch, if the graph fixes them. */
  readonly tokens: number | undefined;
  /** Whether only inputs of one length may be in a batch: without a mask, padding would count as text. */
  readonly sameLength: boolean;
}

/** A graph that takes any batch. */
export const ANY_BATCH: BatchRules = {
  maxRows: Number.POSITIVE_INFINITY,
  tokens: undefined,
  sameLength: false,
};

/** Inputs that a batch of tokens can give. */
export const BATCH_INPUTS = ["input_ids", "attention_mask", "token_type_ids", "position_ids"] as const;

const MASK = "attention_mask";

/**
 * Checks the inputs of a graph.
 * @throws UnsupportedInputError for one that a batch of tokens cannot give
 */
export function batchRules(ports: readonly TensorPort[]): BatchRules {
  for (const port of ports) {
    const isKnown = (BATCH_INPUTS as readonly string[]).includes(port.name);
    if (!isKnown || (port.type !== "int32" && port.type !== "int64")) {
      throw new UnsupportedInputError(port.name, port.type, BATCH_INPUTS);
    }
    checkShape(port);
  }
  const hasMask = ports.some(({ name }) => name === MASK);
  const tokens = ports.map(({ shape }) => fixed(shape?.[1])).find((size) => size !== undefined);
  if (tokens !== undefined && !hasMask) {
    const advice =
      "Without an attention_mask, shorter texts cannot be filled up to its length. Choose another file with onnxFile.";
    throw new UnsupportedInputError("input_ids", `[…, ${tokens}]`, BATCH_INPUTS, advice);
  }
  const isSingle = ports.some(({ shape }) => fixed(shape?.[0]) === 1);
  return { maxRows: isSingle ? 1 : Number.POSITIVE_INFINITY, tokens, sameLength: !hasMask };
}

function checkShape({ name, type, shape = [] }: TensorPort): void {
  const rows = fixed(shape[0]);
  if (shape.length !== 0 && shape.length !== 2) {
    const advice = "Inputs are [texts, tokens]. Choose another file with onnxFile.";
    throw new UnsupportedInputError(name, `${type} [${shape}]`, BATCH_INPUTS, advice);
  }
  if (rows !== undefined && rows !== 1) {
    const advice = `It takes ${rows} texts at a time, no more and no fewer. Export it with a dynamic batch size, or of 1.`;
    throw new UnsupportedInputError(name, `${type} [${shape}]`, BATCH_INPUTS, advice);
  }
}

/** A size that the graph fixes; names stand for those that it does not. */
function fixed(size: number | string | undefined): number | undefined {
  return typeof size === "number" && size > 0 ? size : undefined;
}
