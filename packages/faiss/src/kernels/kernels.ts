import { PLAIN_WASM, SHARED_WASM } from "./generated/wasm-bytes.js";

/** The exports of assembly/index.ts; addresses are byte offsets into the memory. */
export interface Kernels {
  /** Runs segments first…last-1 of a job. */
  scan(job: number, first: number, last: number): void;
  /** Runs a whole job. */
  runJob(job: number): void;
  /** Codes a job's queries along the directions of its memory's projection. */
  projectQueries(job: number): void;
  /** Computes upper bounds of the scores of segments first…last-1. */
  bound(job: number, first: number, last: number): void;
  /** Scores the rows with the highest bounds, to find a score that the best of queries first…last-1 reach. */
  seed(job: number, first: number, last: number): void;
  /** Scores rows at any addresses exactly. */
  scoreRows(
    metric: number,
    query: number,
    addresses: number,
    count: number,
    stride: number,
    scores: number,
  ): void;
  /** Codes the projections of a segment's rows first…last-1, both multiples of four. */
  projectSegment(segment: number, projection: number, stride: number, first: number, last: number): void;
  /** Adds the contribution of four rows to covariance · basis (unless `product` is 0), and stores their components. */
  multiplyCovariance(projection: number, rows: number, stride: number, product: number): void;
  /** Adds a segment's rows to its int8 copy. */
  quantizeSegment(segment: number, stride: number, codeStride: number): void;
  /** Fills the int8 codes of graph nodes first…last-1. */
  encodeRows(graph: number, first: number, last: number): void;
  /** Chooses the links of at most `maxItems` nodes of a batch; returns whether there may be more. */
  findLinks(graph: number, batch: number, maxItems: number): number;
  /** Computes the links back of at most `maxItems` nodes that nodes of a batch chose; returns whether there may be more. */
  mergeLinks(graph: number, batch: number, maxItems: number): number;
  /** Writes a batch's links into the graph. */
  commitLinks(graph: number, batch: number): void;
  /** Puts the results of a walk that keeps `ef` nodes into a heap; `coded` is room for an int16 query. */
  searchGraph(graph: number, query: number, coded: number, ef: number, heap: number): void;
  /** Rotates rows of `length` elements, a power of two of at least 4, in place: assembly/rotate-rows.ts. */
  rotateRows(rows: number, count: number, length: number, signs: number, rounds: number, scale: number): void;
  /** Rotates rows of any multiple of 4 elements in place, likewise. */
  mixRows(
    rows: number,
    count: number,
    length: number,
    block: number,
    order: number,
    signs: number,
    rounds: number,
    scale: number,
    scratch: number,
  ): void;
  /** Prepares a scan of RaBitQ codes. */
  rabitqQuery(job: number): void;
  /** Prepares the scan for codes around its centre. */
  rabitqCentre(job: number): void;
  /** Pushes the nearest codes of the scan to its heap. */
  rabitqScan(job: number): void;
  /** Writes, for each code, the sum of the values whose signs are set, as float32. */
  rabitqSums(job: number, target: number): void;
  /** Raises a segment's largest norm for rows first…count-1. */
  measureRows(segment: number, first: number, stride: number): void;
}

const compiled = new Map<boolean, WebAssembly.Module>();
let simd: boolean | undefined;

/**
 * Whether this engine has WASM SIMD (Node since 16.4, browsers since 2021, Safari 2023) and lets a program compile it: Cloudflare Workers and pages
 * whose Content-Security-Policy has no `wasm-unsafe-eval` do not.
 */
export function hasWasmSimd(): boolean {
  simd ??= compiles();
  return simd;
}

function compiles(): boolean {
  try {
    kernelModule(false);
    return true;
  } catch {
    return false;
  }
}

/**
 * The kernels as a compiled module, made once in each process, in about 1 ms.
 * @param shared for memory that worker threads share
 */
export function kernelModule(shared: boolean): WebAssembly.Module {
  let module = compiled.get(shared);
  if (module === undefined) {
    module = new WebAssembly.Module(decodeBase64(shared ? SHARED_WASM : PLAIN_WASM));
    compiled.set(shared, module);
  }
  return module;
}

/** The kernels bound to a memory. */
export function bindKernels(memory: WebAssembly.Memory, shared: boolean): Kernels {
  const instance = new WebAssembly.Instance(kernelModule(shared), { env: { memory } });
  return instance.exports as unknown as Kernels;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
