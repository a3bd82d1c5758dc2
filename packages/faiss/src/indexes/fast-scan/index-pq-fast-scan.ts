import { workSlices } from "@secondpass/core";
import { BinaryWriter } from "../../format/binary-writer.js";
import { readHeader, writeHeader } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { piecesOf } from "../../format/pieces-of.js";
import { FastScanCodec } from "../../kernels/fast-scan-codec.js";
import { GrowingCodes } from "../codes/growing-codes.js";
import { type CodesState, IndexCodes } from "../codes/index-codes.js";
import { readProductCodec } from "../codes/read-product-codec.js";
import { writeProductCodec } from "../codes/write-product-codec.js";
import { blocksBytes, MAX_BLOCK_SIZE, packBlocks, unpackBlocks } from "./code-blocks.js";

/** faiss's settings of fast scan, kept for the file. */
export interface FastScanSettings {
  readonly implementation: number;
  /** Vectors of a block. */
  readonly blockSize: number;
  readonly queryBlocking: number;
}

/**
 * Product quantisation with 4 bits for each part, in faiss's fast-scan layout. Read from files; distances are rounded as
 * in faiss.
 *
 * @example
 * const index = await readIndexFile("pq-fast-scan.faiss"); // an IndexPQFastScan
 * await index.search(query, 10);
 */
export class IndexPQFastScan extends IndexCodes<FastScanCodec> {
  readonly kind = "IndexPQFastScan";

  constructor(
    state: CodesState<FastScanCodec>,
    readonly settings: FastScanSettings,
  ) {
    super(state);
  }

  protected withCodes(codes: GrowingCodes): this {
    return new IndexPQFastScan({ ...this, codes }, this.settings) as this;
  }
}

/** The record of `IndexPQFastScan`. */
export const pqFastScanKind = {
  names: ["IndexPQFastScan"],
  class: IndexPQFastScan,
  codes: ["IPfs"],
  supports: ["add", "removeIds", "reconstruct", "write"],

  /** Reads header, quantizer, settings of fast scan, codes in blocks. */
  async read(reader: IndexReader): Promise<IndexPQFastScan> {
    const { dimensions, ntotal, metric, isTrained } = await readHeader(reader, "IndexPQFastScan");
    const codec = await readFastScanCodec(reader, dimensions);
    const implementation = await reader.i32();
    const blockSize = await readBlockSize(reader);
    const queryBlocking = await reader.i32();
    await reader.size();
    const padded = await reader.size();
    const { codeSize } = codec;
    reader.expect(padded === codeSize * 2, `Expected ${codeSize * 2} parts, got ${padded}.`);
    const bytes = await reader.count(1);
    const expected = blocksBytes(ntotal, { blockSize, codeSize });
    reader.expect(bytes === expected, `Expected codes of ${expected} bytes, got ${bytes}.`);
    const packed = await reader.elements(Uint8Array, bytes);
    const unpacked = await unpackBlocks(packed, ntotal, { blockSize, codeSize }, workSlices());
    const codes = new GrowingCodes(codeSize, unpacked);
    return new IndexPQFastScan(
      { metric, codec, codes, isTrained },
      { implementation, blockSize, queryBlocking },
    );
  },

  async *write(index: IndexPQFastScan): AsyncGenerator<Uint8Array> {
    const { codec, codes, settings } = index;
    const { blockSize } = settings;
    const writer = new BinaryWriter();
    writer.tag("IPfs");
    writeHeader(writer, index);
    writeProductCodec(writer, codec);
    writer.i32(settings.implementation);
    writer.i32(blockSize);
    writer.i32(settings.queryBlocking);
    writer.size(Math.ceil(codes.length / blockSize) * blockSize);
    writer.size(codec.codeSize * 2);
    const blocks = { blockSize, codeSize: codec.codeSize };
    const packed = await packBlocks(codes.data, codes.length, blocks, workSlices());
    writer.size(packed.length);
    yield writer.flush();
    yield* piecesOf(packed);
  },
} as const satisfies IndexKind<IndexPQFastScan>;

/** Reads a ProductQuantizer of 4 bits. */
export async function readFastScanCodec(reader: IndexReader, dimensions: number): Promise<FastScanCodec> {
  const { parts, bits, centroids } = await readProductCodec(reader, dimensions);
  reader.expect(bits === 4, `Expected 4 bits a part, got ${bits}.`);
  return new FastScanCodec(dimensions, parts, centroids);
}

export async function readBlockSize(reader: IndexReader): Promise<number> {
  const blockSize = await reader.i32();
  reader.expect(
    blockSize > 0 && blockSize % 32 === 0 && blockSize <= MAX_BLOCK_SIZE,
    `Expected blocks of a multiple of 32 vectors, at most ${MAX_BLOCK_SIZE}, got ${blockSize}.`,
  );
  return blockSize;
}
