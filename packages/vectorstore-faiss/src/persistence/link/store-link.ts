import type { EmbeddingIdentity } from "@secondpass/core";
import type { ByteSource } from "@secondpass/faiss/io";
import type { DistanceStrategy } from "../../contents/distance-strategy.js";
import { DISTANCE_STRATEGIES } from "../../contents/distance-strategy.js";
import { embeddingRecord } from "../../identity/embedding-record.js";
import { byteCodec } from "../../io/byte-codec.js";

/** The size and checksum of a file. */
export interface FileMark {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Links the document file to the index it was saved with, and records the embeddings. It is the last line of the document file, which
 * LangChain ignores: after a pickle's end, or as a third element of `docstore.json`. Stores that LangChain wrote
 * have no link.
 */
export interface StoreLink {
  readonly version: 1;
  readonly index: FileMark;
  /** The document file up to this line. */
  readonly documents: FileMark;
  readonly distanceStrategy: DistanceStrategy;
  readonly normalizeL2: boolean;
  /** Whether the index kept its vectors on disk, which loading then does as well. @default false */
  readonly rowsOnDisk?: boolean;
  /** The identity of the embeddings that made the vectors. Earlier versions recorded nothing. */
  readonly embeddings?: EmbeddingIdentity;
}

/** Longer than any link: its record of embeddings has at most five texts of some 400 characters, each of at most six bytes. */
const TAIL_BYTES = 32 * 1024;

/** JSON text contains no raw newline, and no pickle ends with a bracket: nothing else matches this. */
const LINK_LINE = /\n\{"secondpass":(\{[^\n]*\})\}[\]\n]$/;

/** The link as the document file's last line; `ending` closes the file. */
export function linkLine({ embeddings = {}, ...link }: StoreLink, ending: "]" | "\n"): string {
  const isKnown = Object.keys(embeddings).length > 0;
  const json = JSON.stringify({ secondpass: { ...link, ...(isKnown && { embeddings }) } });
  // ASCII only, to be found among bytes of any encoding.
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `\n${ascii}${ending}`;
}

/** Reads the link at a document file's end; `undefined` if it has none. */
export async function readLink(source: ByteSource): Promise<StoreLink | undefined> {
  const length = Math.min(TAIL_BYTES, source.size);
  const tail = new Uint8Array(length);
  await source.read(tail, source.size - length);
  const line = LINK_LINE.exec(byteCodec.decodeLatin1(tail))?.[1];
  if (line === undefined) return undefined;
  let link: unknown;
  try {
    link = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isStoreLink(link)) return undefined;
  // Check the record again: the checksums do not cover this line.
  const { embeddings, ...rest } = link;
  return embeddings === undefined ? rest : { ...rest, embeddings: embeddingRecord(embeddings) };
}

function isStoreLink(value: unknown): value is StoreLink {
  const link = value as Partial<StoreLink> | null;
  return (
    link?.version === 1 &&
    isFileMark(link.index) &&
    isFileMark(link.documents) &&
    DISTANCE_STRATEGIES.includes(link.distanceStrategy as DistanceStrategy) &&
    typeof link.normalizeL2 === "boolean" &&
    ["boolean", "undefined"].includes(typeof link.rowsOnDisk)
  );
}

function isFileMark(value: unknown): value is FileMark {
  const mark = value as Partial<FileMark> | null | undefined;
  return Number.isSafeInteger(mark?.bytes) && typeof mark?.sha256 === "string";
}
