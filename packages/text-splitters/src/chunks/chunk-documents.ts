import { Document } from "@langchain/core/documents";
import type { WorkSlices } from "@secondpass/core";
import { cloneMetadata } from "./clone-metadata.js";
import { LineCounter } from "./line-counter.js";
import type { LocatedChunk } from "./located-chunk.js";

/** Numbers of the source lines on which a chunk starts and ends, counted from 1. */
export interface ChunkLines {
  readonly from: number;
  readonly to: number;
}

/** Data that all chunks of one text share. */
export interface ChunkOrigin {
  readonly source: string;
  readonly metadata: Record<string, unknown>;
  readonly id: string | undefined;
}

/** A chunk with metadata that the splitter found, such as its headings. */
export interface DescribedChunk extends LocatedChunk {
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Turns the chunks of a text into Documents, each with its own copy of the metadata, `loc.lines` and, if wanted, `startIndex`. */
export async function chunkDocuments(
  chunks: readonly DescribedChunk[],
  origin: ChunkOrigin,
  addStartIndex: boolean,
  slices: WorkSlices,
): Promise<Document[]> {
  const lineCounter = new LineCounter(origin.source);
  const documents: Document[] = [];
  for (const chunk of chunks) {
    const metadata = cloneMetadata(origin.metadata);
    Object.assign(metadata, chunk.metadata);
    const lines: ChunkLines = { from: lineCounter.lineAt(chunk.start), to: lineCounter.lineAt(chunk.end) };
    metadata.loc = typeof metadata.loc === "object" ? { ...metadata.loc, lines } : { lines };
    if (addStartIndex) metadata.startIndex = chunk.exact ? chunk.start : -1;
    documents.push(new Document({ pageContent: chunk.text, metadata, id: origin.id }));
    if (slices.due()) await slices.pause();
  }
  return documents;
}
