import { alignUp } from "./align-up.js";
import { HEAP } from "./heap.js";
import type { RaBitQCodec } from "./rabitq-codec.js";
import { RABITQ_JOB, RABITQ_JOB_BYTES, RABITQ_NUMBERS } from "./rabitq-job.js";
import { scratchArena } from "./scratch-arena.js";
import type { TopK } from "./top-k.js";
import type { WasmArena } from "./wasm-arena.js";

/** Bytes of codes that are copied to the kernels in one step, which stay in the second-level cache. */
const CODES_BYTES = 1 << 16;

/** Codes that a kernel processes together; it reads up to this many beyond the last one. */
const GROUP = 16;

/** Sign bytes of a block, and the number of their elements. */
const BLOCK_BYTES = 16;
const BLOCK_ELEMENTS = 8 * BLOCK_BYTES;

/**
 * Compares one query with RaBitQ codes by SIMD, and keeps the nearest, with the same ids and scores as `RaBitQCodec.scorer`. Codes are
 * copied to the kernels' memory piece by piece.
 *
 * Call `release` at the end.
 */
export class RaBitQScan {
  /** Maximum number of codes of one call of `scan`. */
  readonly codesPerCall: number;
  private readonly arena: WasmArena;
  private readonly block: { address: number; bytes: number };
  /** The sum of the query's elements. */
  private readonly total: number;
  private readonly codesAt: number;
  private readonly heapAt: number;
  private readonly allowedAt: number;
  private readonly sumsAt: number;
  /** Views of the memory; they are made again after it has grown. */
  private views:
    | {
        buffer: ArrayBuffer;
        bytes: Uint8Array;
        words: Uint32Array;
        floats: Float32Array;
        numbers: Float64Array;
      }
    | undefined;

  /**
   * @param k number of neighbours to keep
   * @param isShared whether one set of the query's tables is used for all centres, which needs `centreSums` in `scan`; only for queries in float32
   */
  constructor(
    private readonly codec: RaBitQCodec,
    query: Float32Array,
    k: number,
    isShared = false,
  ) {
    const { dimensions, codeSize, signBytes, bits, metric, queryBits } = codec;
    const blocks = Math.ceil(signBytes / BLOCK_BYTES);
    const vectorBytes = 4 * BLOCK_ELEMENTS * blocks;
    this.codesPerCall = Math.max(1, Math.floor(CODES_BYTES / codeSize / GROUP)) * GROUP;
    // Query, centre, their difference, values, elements; 16 entries of 8 bytes, and of one, for four values each.
    const sumsAt = RABITQ_JOB_BYTES + 5 * vectorBytes;
    const roundedAt = sumsAt + 8 * vectorBytes;
    const heapAt = roundedAt + vectorBytes;
    const centreSumsAt = heapAt + HEAP.headerBytes + k * HEAP.entryBytes;
    const allowedAt = centreSumsAt + 4 * this.codesPerCall;
    const codesAt = alignUp(allowedAt + this.codesPerCall / 8, 16);
    const needed = codesAt + (this.codesPerCall + GROUP) * codeSize + BLOCK_BYTES;
    this.arena = scratchArena(needed);
    this.block = this.arena.borrow(needed);
    const base = this.block.address;
    this.sumsAt = base + centreSumsAt;
    this.allowedAt = base + allowedAt;
    this.codesAt = base + codesAt;
    this.heapAt = base + heapAt;

    // Clear data of earlier scans, which would be read as elements.
    this.arena.u8(base, sumsAt).fill(0);
    this.arena.u32(this.heapAt, 2).set([0, k]);
    this.arena.f64(this.heapAt + HEAP.floorAt, 1)[0] = -Infinity;
    this.arena.f32(base + RABITQ_JOB_BYTES, dimensions).set(query);
    const words = this.arena.u32(base, RABITQ_JOB_BYTES / 4);
    words[RABITQ_JOB.codes] = this.codesAt;
    words[RABITQ_JOB.codeSize] = codeSize;
    words[RABITQ_JOB.signBytes] = signBytes;
    words[RABITQ_JOB.blocks] = blocks;
    words[RABITQ_JOB.dimensions] = dimensions;
    words[RABITQ_JOB.metric] = metric === "inner_product" ? 0 : 1;
    words[RABITQ_JOB.extraBits] = bits - 1;
    words[RABITQ_JOB.queryBits] = queryBits;
    words[RABITQ_JOB.shared] = isShared ? 1 : 0;
    words[RABITQ_JOB.query] = base + RABITQ_JOB_BYTES;
    words[RABITQ_JOB.centre] = base + RABITQ_JOB_BYTES + vectorBytes;
    words[RABITQ_JOB.rotated] = base + RABITQ_JOB_BYTES + 2 * vectorBytes;
    const valuesAt = base + RABITQ_JOB_BYTES + (isShared ? 0 : 3 * vectorBytes);
    words[RABITQ_JOB.values] = valuesAt;
    words[RABITQ_JOB.elements] = queryBits === 0 ? valuesAt : base + RABITQ_JOB_BYTES + 4 * vectorBytes;
    words[RABITQ_JOB.sums] = base + sumsAt;
    words[RABITQ_JOB.rounded] = base + roundedAt;
    words[RABITQ_JOB.centreSums] = isShared ? this.sumsAt : 0;
    words[RABITQ_JOB.heap] = this.heapAt;
    const numbers = this.arena.f64(base, RABITQ_JOB_BYTES / 8);
    numbers[RABITQ_NUMBERS.scale] = 1 / Math.sqrt(dimensions);
    numbers[RABITQ_NUMBERS.width] = 1;
    this.arena.kernels.rabitqQuery(base);
    this.total = query.reduce((total, value) => total + value, 0);
  }

  /** Number of neighbours found so far. */
  get count(): number {
    return this.arena.u32(this.heapAt, 1)[0]!;
  }

  /** Sets the centre of the codes that are scanned next. */
  setCentre(centre: Float32Array): void {
    const { address } = this.block;
    const { words, floats } = this.now();
    floats.set(centre, words[address / 4 + RABITQ_JOB.centre]! / 4);
    this.arena.kernels.rabitqCentre(address);
  }

  /**
   * As `setCentre`, for codes of one bit, with shared tables and l2.
   * @param distance |query - centre|²
   * @param total the sum of the centre's elements
   */
  setDistance(distance: number, total: number): void {
    const { numbers } = this.now();
    const job = this.block.address / 8;
    numbers[job + RABITQ_NUMBERS.apart] = distance;
    numbers[job + RABITQ_NUMBERS.total] = this.total - total;
  }

  /**
   * Compares the query with codes first…last-1, at most `codesPerCall`.
   * @param position position of the first of these codes
   * @param allowed bitmap of these codes; all if not given
   * @param centreSums by position: the result of `sums` of the centre for each code
   */
  scan(
    codes: Uint8Array,
    first: number,
    last: number,
    position: number,
    allowed?: Uint8Array,
    centreSums?: Float32Array,
  ): void {
    const { words, bytes, floats } = this.now();
    const job = this.put(codes, first, last);
    if (allowed !== undefined) bytes.set(allowed, this.allowedAt);
    if (centreSums !== undefined) {
      // Copy one by one: a list has some dozens, for which a view would cost as much.
      const at = this.sumsAt / 4;
      for (let i = 0; i < last - first; i++) floats[at + i] = centreSums[position + i]!;
    }
    words[job + RABITQ_JOB.allowed] = allowed === undefined ? 0 : this.allowedAt;
    words[job + RABITQ_JOB.first] = position;
    this.arena.kernels.rabitqScan(this.block.address);
  }

  /**
   * For codes first…last-1, computes the sums of the query's elements whose signs are set. Only with shared tables.
   * @param target array of at least as many elements
   */
  sums(codes: Uint8Array, first: number, last: number, target: Float32Array): void {
    this.put(codes, first, last);
    this.arena.kernels.rabitqSums(this.block.address, this.sumsAt);
    target.set(this.arena.f32(this.sumsAt, last - first));
  }

  /** Adds the neighbours found to a query's results. */
  addTo(best: TopK): void {
    const size = this.count;
    const scores = this.arena.f64(this.heapAt + HEAP.headerBytes, size * 2);
    const positions = this.arena.u32(this.heapAt + HEAP.headerBytes, size * 4);
    for (let i = 0; i < size; i++) best.push(scores[i * 2]!, positions[i * 4 + 2]!);
  }

  release(): void {
    this.arena.release(this.block);
  }

  /** Copies codes to the kernels' memory. @returns the job's first word */
  private put(codes: Uint8Array, first: number, last: number): number {
    const { codeSize } = this.codec;
    const { words, bytes } = this.now();
    bytes.set(codes.subarray(first * codeSize, last * codeSize), this.codesAt);
    const job = this.block.address / 4;
    words[job + RABITQ_JOB.count] = last - first;
    return job;
  }

  private now() {
    const buffer = this.arena.memory.buffer as ArrayBuffer;
    if (this.views?.buffer !== buffer) {
      this.views = {
        buffer,
        bytes: new Uint8Array(buffer),
        words: new Uint32Array(buffer),
        floats: new Float32Array(buffer),
        numbers: new Float64Array(buffer),
      };
    }
    return this.views;
  }
}
