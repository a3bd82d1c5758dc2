import type { ByteSource } from "@secondpass/faiss/io";
import type { DistanceStrategy } from "../../contents/distance-strategy.js";
import { DISTANCE_STRATEGIES } from "../../contents/distance-strategy.js";
import { byteCodec } from "../../io/byte-codec.js";

/** What a file must be. */
export interface FileMark {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * What the document file says about the index it was saved with. It stands in the last line of the document file, where
 * LangChain does not look: after a pickle's end, or as a third element of `docstore.json`. Stores that LangChain wrote
 * have none.
 */
export interface StoreLink {
  readonly version: 1;
  readonly index: FileMark;
  /** The document file up to this line. */
  readonly documents: FileMark;
  readonly distanceStrategy: DistanceStrategy;
  readonly normalizeL2: boolean;
}

/** Far more than a link takes. */
const TAIL_BYTES = 2048;

/** A raw newline cannot stand inside JSON text, and no pickle ends with a bracket: nothing else looks like this. */
const LINK_LINE = /\n\{"secondpass":(\{[^\n]*\})\}[\]\n]$/;

/** The link as the document file's last line; `ending` closes the file. */
export function linkLine(link: StoreLink, ending: "]" | "\n"): string {
  return `\n${JSON.stringify({ secondpass: link })}${ending}`;
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
  return isStoreLink(link) ? link : undefined;
}

function isStoreLink(value: unknown): value is StoreLink {
  const link = value as Partial<StoreLink> | null;
  return (
    link?.version === 1 &&
    isFileMark(link.index) &&
    isFileMark(link.documents) &&
    DISTANCE_STRATEGIES.includes(link.distanceStrategy as DistanceStrategy) &&
    typeof link.normalizeL2 === "boolean"
  );
}

function isFileMark(value: unknown): value is FileMark {
  const mark = value as Partial<FileMark> | null | undefined;
  return Number.isSafeInteger(mark?.bytes) && typeof mark?.sha256 === "string";
}
