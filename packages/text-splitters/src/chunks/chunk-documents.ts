import { Document } from "@langchain/core/documents";
import type { WorkSlices } from "@secondpass/core";
import { cloneMetadata } from "./clone-metadata.js";
import { LineCounter } from "./line-counter.js";
import type { LocatedChunk } from "./located-chunk.js";

/** Lines of the source, counted from 1: that on which the chunk starts and that on which it ends. */
export interface ChunkLines {
  readonly from: number;
  readonly to: number;
}

/** What the chunks of one text get from it. */
export interface ChunkOrigin {
  readonly source: string;
  readonly metadata: Record<string, unknown>;
  readonly id: string | undefined;
}

/** A chunk, with what the splitter found out about it. */
export interface DescribedChunk extends LocatedChunk {
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Turns the chunks of a text to Documents of their own: metadata copied, `loc.lines` and, if wanted, `startIndex` added. */
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
