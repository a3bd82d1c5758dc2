import { InvalidOptionError } from "@secondpass/core";
import { checkNumbers } from "./check-list.js";

/** @throws {InvalidOptionError} if the value is not a sparse vector */
export function checkSparseEmbedding(name: string, vector: unknown): void {
  if (typeof vector !== "object" || vector === null || !("indices" in vector && "values" in vector))
    throw new InvalidOptionError(name, "a sparse vector, as embedQuery gives", vector);
  checkNumbers(`${name}.indices`, vector.indices, "a list of vocabulary ids");
  checkNumbers(`${name}.values`, vector.values, "a list of weights");
}
