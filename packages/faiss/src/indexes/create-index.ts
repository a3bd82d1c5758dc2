import { checkKnownOptions, checkOneOf, checkOptionValues, checkPositiveInteger } from "@secondpass/core";
import { checkInteger } from "../checks/check-integer.js";
import { METRICS } from "../contract/metric.js";
import type { VectorIndex } from "../contract/vector-index.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { IndexFactory, NewIndexOptions } from "../format/index-kind.js";
import { type IndexOption, KINDS } from "./kinds.js";
import { rotatedIvfRaBitQ } from "./rotated-ivf-rabitq.js";

/** Factories of kinds, and of combinations of kinds. */
const FACTORIES: readonly IndexFactory[] = [
  ...KINDS.flatMap(({ factory }) => (factory === undefined ? [] : [factory])),
  rotatedIvfRaBitQ,
];

/**
 * Makes an empty index. Its defaults suit a search for documents; those of the classes are faiss's.
 *
 * @example
 * const index = createIndex({ kind: "hnsw", m: 16 }, { dimensions: 384, metric: "inner_product" });
 * @throws InvalidArgumentError, UnknownOptionError, InvalidOptionError
 */
export function createIndex(option: IndexOption, target: NewIndexOptions): VectorIndex {
  const factory = factoryOf(option);
  checkTarget(target);
  return factory.create(option, target);
}

function checkTarget(target: NewIndexOptions): void {
  checkKnownOptions(target, ["dimensions", "metric", "expectedVectors"], "The target of createIndex");
  const { dimensions, metric, expectedVectors = 0 }: Partial<NewIndexOptions> = target ?? {};
  checkInteger("dimensions", dimensions as number, 1);
  checkOneOf("metric", metric, METRICS);
  checkInteger("expectedVectors", expectedVectors, 0);
}

/**
 * Checks the kind of an index and the names of its options, before there are vectors.
 * @throws InvalidArgumentError, UnknownOptionError, InvalidOptionError
 */
export function checkIndexOption(option: IndexOption): void {
  factoryOf(option);
}

function factoryOf(option: IndexOption) {
  const factory = FACTORIES.find(({ kind }) => kind === option?.kind);
  if (factory === undefined) {
    const names = FACTORIES.map(({ kind }) => `"${kind}"`);
    const expected = `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
    if (option?.kind === undefined) {
      const options = FACTORIES.flatMap((each) => each.options);
      // `kind` may be misspelled.
      if (typeof option === "object" && option !== null)
        checkKnownOptions(option, ["kind", ...new Set(options)], "The option of an index");
      throw new InvalidArgumentError("index", `an object whose \`index.kind\` is ${expected}`, option);
    }
    throw new InvalidArgumentError("index.kind", expected, option.kind);
  }
  checkKnownOptions(option, ["kind", ...factory.options], `An index of kind "${factory.kind}"`);
  const integers = Object.fromEntries(factory.options.map((name) => [name, checkPositiveInteger]));
  checkOptionValues(option, { ...integers, ...factory.checks });
  return factory;
}
