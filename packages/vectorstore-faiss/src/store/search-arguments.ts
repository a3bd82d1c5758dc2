import { InvalidArgumentError, type VectorIndex } from "@secondpass/faiss";
import { VectorDimensionError } from "../errors/vector-dimension-error.js";
import type { Vector } from "./pack-vectors.js";

/** @throws InvalidArgumentError unless `k` is a whole number from 0, or Infinity for all */
export function checkK(argument: string, k: number): void {
  if ((Number.isInteger(k) && k >= 0) || k === Number.POSITIVE_INFINITY) return;
  throw new InvalidArgumentError(argument, "a whole number from 0", k);
}

/** The query as float32. @throws VectorDimensionError when it cannot be compared with the index's vectors */
export function queryVector(query: Vector, index: VectorIndex | undefined): Float32Array {
  if (index !== undefined && query.length !== index.dimensions) {
    throw new VectorDimensionError(index.dimensions, query.length, "a query vector");
  }
  return query instanceof Float32Array ? query : Float32Array.from(query);
}
