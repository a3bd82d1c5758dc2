import { BinaryWriter } from "../../format/binary-writer.js";
import { type IndexHeader, readHeader, writeHeader } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { hasWasmSimd } from "../../kernels/kernels.js";
import { RaBitQCodec } from "../../kernels/rabitq-codec.js";
import { RaBitQScan } from "../../kernels/rabitq-scan.js";
import { TopK } from "../../kernels/top-k.js";
import type { GrowingCodes } from "../codes/growing-codes.js";
import { type CodesScan, type CodesState, IndexCodes } from "../codes/index-codes.js";
import { readCodes } from "../codes/read-codes.js";
import { writeCodes } from "../codes/write-codes.js";

/** faiss supports 1 to 9 bits for each element, and up to 8 for each element of a query. */
export const MAX_BITS = 9;
export const MAX_QUERY_BITS = 8;

/** Type code of one-bit codes, which has no field for the number of bits. */
const ONE_BIT = "Ixrq";
const MORE_BITS = "Ixrr";

/**
 * RaBitQ codes with 1 to 9 bits for each element; every code is compared with the query. Read from files.
 *
 * @example
 * const index = await readIndexFile("rabitq.faiss"); // an IndexRaBitQ
 * await index.search(query, 10);
 */
export class IndexRaBitQ extends IndexCodes<RaBitQCodec> {
  readonly kind = "IndexRaBitQ";

  /** @param code its file's type code */
  constructor(
    state: CodesState<RaBitQCodec>,
    readonly code = MORE_BITS,
  ) {
    super(state);
  }

  /** Scans by SIMD if the engine has it. */
  protected override async scan(request: CodesScan): Promise<TopK> {
    if (!hasWasmSimd()) return super.scan(request);
    const { query, k, codes, count, allowed, slices } = request;
    const kernel = new RaBitQScan(this.codec, query, k);
    try {
      kernel.setCentre(this.codec.centre);
      // A multiple of 8 codes, so that their bits begin with a byte.
      for (let first = 0; first < count; first += kernel.codesPerCall) {
        if (slices.due()) await slices.pause();
        const last = Math.min(first + kernel.codesPerCall, count);
        kernel.scan(codes, first, last, first, allowed?.subarray(first / 8, Math.ceil(last / 8)));
      }
      const best = new TopK(k);
      kernel.addTo(best);
      return best;
    } finally {
      kernel.release();
    }
  }

  protected withCodes(codes: GrowingCodes): this {
    return new IndexRaBitQ({ ...this, codes }, this.code) as this;
  }
}

/** The record of `IndexRaBitQ`. */
export const raBitQKind = {
  names: ["IndexRaBitQ"],
  class: IndexRaBitQ,
  codes: [ONE_BIT, MORE_BITS],
  supports: ["add", "removeIds", "reconstruct", "write"],

  /** Reads header, quantizer, codes, centre, bits of a query. */
  async read(reader: IndexReader, code: string): Promise<IndexRaBitQ> {
    const header = await readHeader(reader, "IndexRaBitQ");
    const { dimensions, ntotal, metric, isTrained } = header;
    const bits = await readRaBitQuantizer(reader, header, code !== ONE_BIT);
    const { codeSize } = new RaBitQCodec(dimensions, bits, metric, 0, new Float32Array(0));
    const codes = await readCodes(reader, ntotal, codeSize);
    const centre = await reader.vector(Float32Array);
    const expected = isTrained ? dimensions : centre.length;
    reader.expect(centre.length === expected, `Expected a centre of ${expected}, got ${centre.length}.`);
    const queryBits = await readQueryBits(reader);
    const codec = new RaBitQCodec(dimensions, bits, metric, queryBits, centre);
    return new IndexRaBitQ({ metric, codec, codes, isTrained }, code);
  },

  async *write(index: IndexRaBitQ): AsyncGenerator<Uint8Array> {
    const { codec, code } = index;
    const writer = new BinaryWriter();
    writer.tag(code);
    writeHeader(writer, index);
    writeRaBitQuantizer(writer, index, codec, code !== ONE_BIT);
    yield* writeCodes(writer, index.codes);
    writer.vector(codec.centre);
    writer.u8(codec.queryBits);
    yield writer.flush();
  },
} as const satisfies IndexKind<IndexRaBitQ>;

/** Reads d, code size, metric and, depending on the type code, bits of an element. @returns bits */
export async function readRaBitQuantizer(
  reader: IndexReader,
  { dimensions, metric }: IndexHeader,
  hasBits: boolean,
): Promise<number> {
  const d = await reader.size();
  const codeSize = await reader.size();
  const number = await reader.i32();
  const bits = hasBits ? await reader.size() : 1;
  reader.expect(
    d === dimensions && number === (metric === "l2" ? 1 : 0),
    `Expected a quantizer of ${dimensions} dimensions (${metric}), got ${d} and metric ${number}.`,
  );
  reader.expect(bits >= 1 && bits <= MAX_BITS, `Expected 1 to ${MAX_BITS} bits, got ${bits}.`);
  const codec = new RaBitQCodec(d, bits, metric, 0, new Float32Array(0));
  reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
  return bits;
}

/** Writes a quantizer as `readRaBitQuantizer` reads it. */
export function writeRaBitQuantizer(
  writer: BinaryWriter,
  { dimensions, metric }: Pick<IndexHeader, "dimensions" | "metric">,
  { codeSize, bits }: RaBitQCodec,
  hasBits: boolean,
): void {
  writer.size(dimensions);
  writer.size(codeSize);
  writer.i32(metric === "l2" ? 1 : 0);
  if (hasBits) writer.size(bits);
}

export async function readQueryBits(reader: IndexReader): Promise<number> {
  const bits = await reader.u8();
  reader.expect(bits <= MAX_QUERY_BITS, `Expected at most ${MAX_QUERY_BITS} bits of a query, got ${bits}.`);
  return bits;
}
