import type { Task } from "../contracts/task.js";
import { feature } from "./apply/feature.js";
import type { Features } from "./apply/features.js";
import { checkFiniteRows } from "./check-finite-rows.js";

/** Facts about the batch that features belong to. */
export interface RowContext {
  readonly model: string;
  readonly rows: number;
  readonly task: Task | undefined;
  /** Position in the caller's list of a row's input. */
  readonly position: (row: number) => number;
  /** Id of a token in the model's vocabulary. */
  readonly tokenId: (token: string) => number | undefined;
  /** Throws if the width of the rows is not the expected one. */
  readonly checkWidth?: (width: number) => void;
}

/**
 * Reads a model's results from a batch's features: one result for each text.
 * @throws NonFiniteResultError
 */
export type ReadRows<Row> = (features: Features, context: RowContext) => readonly Row[];

/** Reads a feature that has a row of numbers for each text. */
export function denseRows(name: string): ReadRows<Float32Array> {
  return (features, context) => {
    const { rows, checkWidth } = context;
    const data = feature(features, name, "The model").data as Float32Array;
    const width = data.length / rows;
    checkWidth?.(width);
    checkFiniteRows(data, width, name === "scores" ? "pair" : "text", context);
    return Array.from({ length: rows }, (_, row) => data.slice(row * width, (row + 1) * width));
  };
}
