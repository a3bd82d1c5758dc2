import type { CorpusIndex } from "../../corpus/corpus-index.js";
import type { PassageMetadata } from "../../corpus/passage-splitter.js";

/** What an index knows of a file. */
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

/** The files of each index, read once from its passages. */
export class SourceTables {
  readonly #tables = new WeakMap<CorpusIndex, Promise<SourceTable>>();

  of(index: CorpusIndex): Promise<SourceTable> {
    const known = this.#tables.get(index);
    if (known !== undefined) return known;
    const table = readTable(index);
    this.#tables.set(index, table);
    table.catch(() => this.#tables.delete(index));
    return table;
  }
}

async function readTable({ store }: CorpusIndex): Promise<SourceTable> {
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
