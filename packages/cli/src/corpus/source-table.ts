import type { CorpusIndex } from "./corpus-index.js";
import type { PassageMetadata } from "./passage-splitter.js";

/** A file in an index. */
export interface IndexedSource {
  /** Path of the file in the corpus, with "/". */
  readonly source: string;
  /** SHA-256 of its text, hexadecimal. */
  readonly hash: string;
  readonly passages: number;
  /** Line of the last passage's end, counted from 1. */
  readonly lastLine: number;
}

/** The files that an index has passages of, by their paths, in the order of paths. */
export type SourceTable = ReadonlyMap<string, IndexedSource>;

/** Lists the files of an index, from its passages. */
export async function readSourceTable({ store }: CorpusIndex): Promise<SourceTable> {
  const sources = new Map<string, IndexedSource>();
  for await (const { metadata } of store.allDocuments()) {
    const { source, fileHash: hash, loc } = metadata as unknown as PassageMetadata;
    const { passages = 0, lastLine = 0 } = sources.get(source) ?? {};
    sources.set(source, {
      source,
      hash,
      passages: passages + 1,
      lastLine: Math.max(lastLine, loc.lines.to),
    });
  }
  return new Map([...sources].sort(([a], [b]) => (a < b ? -1 : 1)));
}
