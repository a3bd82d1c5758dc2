import { basename } from "node:path";
import type { CorpusIndex } from "../corpus/corpus-index.js";
import { readProblem } from "../corpus/file-problem.js";
import { textHash } from "../corpus/passage-splitter.js";
import { readSource } from "../corpus/scan-corpus.js";
import { readSourceTable, type SourceTable } from "../corpus/source-table.js";
import { LocalHttpError } from "../local-http/local-http-error.js";
import type { CollectionFacts } from "./page-state.js";

/** UTF-16 units of a file that are sent at a time; of longer ones a part. */
const MAX_UNITS = 400_000;

/** A file of a collection, or a part of it. */
export interface SourceText {
  readonly source: string;
  readonly text: string;
  /** Where the text begins in the file, in UTF-16 units. */
  readonly startIndex: number;
  /** UTF-16 units of the whole file. */
  readonly length: number;
  /** Whether the file has changed since it was indexed: places of passages in it may be wrong. */
  readonly isChanged: boolean;
}

/** An index that a page asks. */
export class Collection implements AsyncDisposable {
  private constructor(
    readonly facts: CollectionFacts,
    readonly index: CorpusIndex,
    readonly sources: SourceTable,
    readonly free: () => Promise<void>,
  ) {}

  /** @param free frees what is the collection's beside the index */
  static async of(
    index: CorpusIndex,
    { id, name, isTemporary }: Pick<CollectionFacts, "id" | "name" | "isTemporary">,
    free: () => Promise<void> = async () => {},
  ): Promise<Collection> {
    const sources = await readSourceTable(index);
    const { embedder } = index.settings;
    const facts = {
      id,
      name,
      isTemporary,
      files: sources.size,
      passages: index.store.size,
      embedder: basename(embedder),
    };
    return new Collection(facts, index, sources, free);
  }

  /**
   * The text of a file, or of a long one the part around a place.
   * @throws {LocalHttpError} 404 if the collection has no such file; 422 if it cannot be read
   */
  async read(source: string, near: number): Promise<SourceText> {
    const known = this.sources.get(source);
    if (known === undefined)
      throw new LocalHttpError("notFound", `There is no file ${source} in this collection.`);
    const { text } = await readSource(this.index.settings, source).catch((error: unknown) => {
      const { reason } = readProblem(source, error);
      throw new LocalHttpError("failed", `${source}: ${reason}`, { cause: error });
    });
    const last = Math.max(0, text.length - MAX_UNITS);
    const startIndex = Math.min(last, Math.max(0, Math.floor(near - MAX_UNITS / 2)));
    return {
      source,
      text: text.slice(startIndex, startIndex + MAX_UNITS),
      startIndex,
      length: text.length,
      isChanged: textHash(text) !== known.hash,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.index[Symbol.asyncDispose]();
    await this.free();
  }
}
