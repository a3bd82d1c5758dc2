import { checkBoolean, checkCallOptions, checkOptionValues } from "@secondpass/core";
import type { VectorIndex } from "../contract/vector-index.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { IndexReader } from "../format/index-reader.js";
import { UNSUPPORTED_KINDS } from "../format/unsupported-kinds.js";
import { type ByteSource, bytesSource } from "../io/byte-source.js";
import { checkByteSource } from "../io/check-byte-source.js";
import { KINDS } from "./kinds.js";

/** The kind of index by type code. */
const KIND_OF_CODE = new Map(KINDS.flatMap((kind) => kind.codes.map((code) => [code, kind] as const)));

const NAMES = KINDS.flatMap(({ names }) => names);

/** How an index is read. */
export interface ReadIndexOptions {
  /**
   * Leaves the full vectors of an `IndexRefineFlat` in the file, from which a search reads those of its candidates. The file stays open
   * until the index and its copies are disposed, and must not change; it may be replaced by another or removed. Other kinds ignore
   * this option. Node only. @default false
   */
  readonly rowsOnDisk?: boolean;
}

/**
 * Reads a FAISS index file as `faiss.write_index` makes it (faiss 1.5 to 1.15).
 * @param input the file's bytes, or where to read them piece by piece
 * @throws InvalidArgumentError if `input` is neither, or for `rowsOnDisk` if the bytes are not those of a file; FaissFormatError
 * for damaged bytes; UnsupportedIndexError with the name of a kind that is not implemented
 */
export async function readIndex(
  input: Uint8Array | ByteSource,
  options: ReadIndexOptions = {},
): Promise<VectorIndex> {
  checkReadOptions(options, "readIndex");
  const source = input instanceof Uint8Array ? bytesSource(input) : input;
  checkByteSource(
    "input",
    source,
    "a file's bytes (Uint8Array) or a ByteSource. `readIndexFile` takes a path",
  );
  const { rowsOnDisk = false } = options;
  if (rowsOnDisk && source.file === undefined)
    throw new InvalidArgumentError("rowsOnDisk", "false for bytes; `readIndexFile` takes it", rowsOnDisk);
  const file = rowsOnDisk ? source.file : undefined;
  const reader: IndexReader = new IndexReader(source, { names: NAMES, read: readObject }, file);
  try {
    const index = await reader.index();
    reader.expect(
      reader.remaining === 0,
      `Expected the end of the file, but ${reader.remaining} bytes follow.`,
    );
    return index;
  } catch (error) {
    await reader.abandon();
    throw error;
  }
}

/** @throws UnknownOptionError, InvalidOptionError */
export function checkReadOptions(options: ReadIndexOptions, owner: string): void {
  checkCallOptions(options, owner, ["rowsOnDisk"] satisfies readonly (keyof ReadIndexOptions)[]);
  checkOptionValues(options, { rowsOnDisk: checkBoolean });
}

/** Reads an index at the reader's position, also one inside another index. */
async function readObject(reader: IndexReader): Promise<VectorIndex> {
  const code = await reader.tag();
  const kind = KIND_OF_CODE.get(code);
  if (kind !== undefined) return reader.nested(() => kind.read(reader, code));
  if (Object.hasOwn(UNSUPPORTED_KINDS, code)) throw reader.unsupportedError(UNSUPPORTED_KINDS[code]!);
  throw reader.formatError(`Expected an index's type tag, got ${JSON.stringify(code)}.`);
}
