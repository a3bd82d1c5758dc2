import { checkCount } from "@secondpass/core";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { IndexOption } from "../indexes/kinds.js";
import { checkIndexSize, estimateIndexBytes, type IndexSize } from "./estimate-index-bytes.js";

/** The target of a proposed index. */
export interface ProposalTarget extends IndexSize {
  /** Maximum memory of the index in bytes. @default unlimited */
  readonly memoryBytes?: number;
}

/** A proposed kind of index, with the reason. */
export interface IndexProposal {
  readonly index: IndexOption;
  /** Estimated memory in bytes. */
  readonly bytes: number;
  /** The reason, as a sentence. */
  readonly reason: string;
}

/**
 * Numbers of all vectors up to which exact search takes a few milliseconds: 100,000 × 384, 2.4 ms on one thread of an AMD EPYC with AVX-512
 * (bench/results/2026-11-25-vector-search.md).
 */
const FLAT_NUMBERS = 40_000_000;

/** Numbers of all vectors up to which exact search is preferred to an approximate index with vectors on disk: 1,000,000 × 384, 21 ms on the same machine. */
const SLOW_FLAT_NUMBERS = 400_000_000;

/** Minimum number of vectors for an index with lists, which need some thousand vectors for good training. */
const MIN_FOR_LISTS = 10_000;

/**
 * Proposes a kind of index for a number of vectors: exact search if it takes a few milliseconds, otherwise a graph, or codes with vectors on disk if
 * the others do not fit into memory. Nothing is measured: `tuneIndex` measures on your own vectors.
 *
 * @example
 * proposeIndex({ size: 2_000_000, dimensions: 768, memoryBytes: 400e6 }).index; // { kind: "ivf-rabitq", rerank: 10, … }
 * @throws InvalidArgumentError if nothing fits into the memory
 */
export function proposeIndex(target: ProposalTarget): IndexProposal {
  checkIndexSize(target, "proposeIndex", ["memoryBytes"]);
  const { size, dimensions, memoryBytes = Number.POSITIVE_INFINITY } = target;
  checkCount("memoryBytes", memoryBytes);
  const vectors = `${size} vectors of ${dimensions} dimensions`;
  const numbers = size * dimensions;
  const candidates: { readonly index: IndexOption; readonly reason: string }[] = [];
  const propose = (index: IndexOption, reason: string) => candidates.push({ index, reason });
  if (numbers <= FLAT_NUMBERS)
    propose({ kind: "flat" }, `Exact search among ${vectors} takes a few milliseconds.`);
  propose({ kind: "hnsw" }, `Among ${vectors} a graph finds neighbours much faster than exact search.`);
  if (numbers <= SLOW_FLAT_NUMBERS)
    propose(
      { kind: "flat" },
      `The memory does not hold a graph over ${vectors}. Exact search takes some tens of milliseconds.`,
    );
  if (size >= MIN_FOR_LISTS)
    propose(
      { kind: "ivf-rabitq", rerank: 10 },
      `The memory does not hold ${vectors}: codes of one bit a number, vectors on disk.`,
    );
  const sized = candidates.map((candidate) => ({
    ...candidate,
    bytes: estimateIndexBytes(candidate.index, { size, dimensions }),
  }));
  const fitting = sized.find(({ bytes }) => bytes <= memoryBytes);
  if (fitting !== undefined) return fitting;
  const least = Math.min(...sized.map(({ bytes }) => bytes));
  throw new InvalidArgumentError("memoryBytes", `at least ${least}, for ${vectors}`, memoryBytes);
}
