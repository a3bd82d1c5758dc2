import { UnsupportedOperationError } from "../../errors/unsupported-operation-error.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import { MAX_DIMENSIONS, readHeader, writeHeader } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { SignCodec } from "../../kernels/sign-codec.js";
import { readTransform } from "../pre-transform/read-transform.js";
import type { VectorTransform } from "../pre-transform/vector-transform.js";
import type { GrowingCodes } from "./growing-codes.js";
import { type CodesState, IndexCodes } from "./index-codes.js";
import { readCodes } from "./read-codes.js";
import { writeCodes } from "./write-codes.js";

/**
 * Locality-sensitive hashing: a bit for each (rotated) element, compared by the number of bits that differ. Read from files. Codes cannot
 * be decoded to vectors.
 *
 * @example
 * const index = await readIndexFile("lsh.faiss"); // an IndexLSH
 * const { distances } = await index.search(query, 10); // differing bits
 */
export class IndexLSH extends IndexCodes<SignCodec> {
  readonly kind = "IndexLSH";

  /** @param settings the part of a file between its header and its codes */
  constructor(
    state: CodesState<SignCodec>,
    readonly settings: Uint8Array,
  ) {
    super(state);
  }

  override reconstructN(start: number, count: number): Float32Array {
    // Check first for a disposed index and for positions that do not exist.
    super.reconstructN(start, count);
    throw new UnsupportedOperationError(this.kind, "reconstruct", "Its bits cannot be decoded to vectors.");
  }

  protected withCodes(codes: GrowingCodes): this {
    return new IndexLSH({ ...this, codes }, this.settings) as this;
  }
}

/** The record of `IndexLSH`. */
export const lshKind = {
  names: ["IndexLSH"],
  class: IndexLSH,
  codes: ["IxHe"],
  supports: ["add", "removeIds", "write"],

  /** Reads header, number of bits, whether data is rotated and thresholds trained, thresholds, code size, rotation, codes. */
  async read(reader: IndexReader): Promise<IndexLSH> {
    const { dimensions, ntotal, metric, isTrained } = await readHeader(reader, "IndexLSH");
    const start = reader.position;
    const bits = await reader.i32();
    reader.expect(bits >= 1 && bits <= MAX_DIMENSIONS, `Expected 1 to ${MAX_DIMENSIONS} bits, got ${bits}.`);
    const isRotated = await reader.bool();
    const hasThresholds = await reader.bool();
    const thresholds = await reader.vector(Float32Array);
    reader.expect(
      thresholds.length === (hasThresholds && isTrained ? bits : thresholds.length),
      `Expected ${bits} thresholds, got ${thresholds.length}.`,
    );
    const codeSize = await reader.i32();
    const rotation = await readTransform(reader, { mayBeUntrained: true });
    reader.expect(
      rotation.kind === "RandomRotationMatrix" &&
        (!isRotated ||
          !isTrained ||
          (rotation.inputDimensions === dimensions && rotation.outputDimensions === bits)),
      `Expected a random rotation from ${dimensions} to ${bits} dimensions.`,
    );
    reader.expect(isRotated || bits <= dimensions, `Expected at most ${dimensions} bits, got ${bits}.`);
    const settings = await reader.bytesSince(start);
    const change = changeOf(bits, isRotated ? rotation : undefined, hasThresholds ? thresholds : undefined);
    const codec = new SignCodec(dimensions, bits, change);
    reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
    const codes = await readCodes(reader, ntotal, codeSize);
    return new IndexLSH({ metric, codec, codes, isTrained }, settings);
  },

  async *write(index: IndexLSH): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag("IxHe");
    writeHeader(writer, index);
    writer.array(index.settings);
    yield* writeCodes(writer, index.codes);
  },
} as const satisfies IndexKind<IndexLSH>;

function changeOf(
  bits: number,
  rotation: VectorTransform | undefined,
  thresholds: Float32Array | undefined,
): (vector: Float32Array) => Float32Array {
  return (vector) => {
    const rotated = rotation === undefined ? vector.slice(0, bits) : rotation.apply(vector);
    thresholds?.forEach((threshold, i) => {
      rotated[i]! -= threshold;
    });
    return rotated;
  };
}
