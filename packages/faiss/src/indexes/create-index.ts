import type { VectorIndex } from "../contract/vector-index.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { NewIndexOptions } from "../format/index-kind.js";
import { type IndexOption, KINDS } from "./kinds.js";

const FACTORIES = KINDS.flatMap(({ factory }) => (factory === undefined ? [] : [factory]));

/**
 * A new index, empty. Its defaults suit a search for documents; those of the classes are faiss's.
 *
 * @example
 * const index = createIndex({ kind: "hnsw", m: 16 }, { dimensions: 384, metric: "inner_product" });
 * @throws InvalidArgumentError
 */
export function createIndex(option: IndexOption, target: NewIndexOptions): VectorIndex {
  const factory = FACTORIES.find(({ kind }) => kind === option.kind);
  if (factory !== undefined) return factory.create(option, target);
  const names = FACTORIES.map(({ kind }) => `"${kind}"`);
  throw new InvalidArgumentError(
    "index.kind",
    `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`,
    option.kind,
  );
}
