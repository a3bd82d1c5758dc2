import { checkCount } from "@secondpass/core";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { IndexOption } from "../indexes/kinds.js";
import { checkIndexSize, estimateIndexBytes, type IndexSize } from "./estimate-index-bytes.js";

/** What an index is to be proposed for. */
export interface ProposalTarget extends IndexSize {
  /** Bytes that the index may take. @default any number */
  readonly memoryBytes?: number;
}

/** A kind of index, and why. */
export interface IndexProposal {
  readonly index: IndexOption;
  /** About what it takes in memory. */
  readonly bytes: number;
  /** A sentence. */
  readonly reason: string;
}

/**
 * Numbers of all vectors up to which exact search takes a few milliseconds: 100,000 × 384, 2.4 ms on one thread of an AMD EPYC with AVX-512
 * (bench/results/2026-11-25-vector-search.md).
 */
const FLAT_NUMBERS = 40_000_000;

/** Up to here exact search is preferred to what is approximate and has its vectors on disk: 1,000,000 × 384, 21 ms there. */
const SLOW_FLAT_NUMBERS = 400_000_000;

/** Lists need some thousand vectors to be trained well. */
const LEAST_FOR_LISTS = 10_000;

/**
 * The kind of index that suits so many vectors: exact as long as that takes a few milliseconds, then a graph, and codes with vectors on disk if
 * memory does not hold the others. Nothing is measured: `tuneIndex` does that, on vectors of your own.
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
  if (size >= LEAST_FOR_LISTS)
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
