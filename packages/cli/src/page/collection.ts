import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import type { CorpusIndex } from "../corpus/corpus-index.js";
import { type FileKind, fileKind } from "../corpus/file-kind.js";
import { readProblem } from "../corpus/file-problem.js";
import { textHash } from "../corpus/passage-splitter.js";
import { readSource } from "../corpus/scan-corpus.js";
import type { Candidate } from "../corpus/search-corpus.js";
import { readSourceTable, type SourceTable } from "../corpus/source-table.js";
import { LocalHttpError } from "../local-http/local-http-error.js";
import { markdownContext } from "./markdown-context.js";
import type { CollectionFacts } from "./page-state.js";

/** Longest text that is sent at a time, in UTF-16 units; of longer files, a part is sent. Markdown has a lower limit because the page has to parse it. */
const MAX_UNITS = { markdown: 100_000, other: 400_000 };

/** How a text is shown: as Markdown, as lines of code, or as plain text. */
export type TextFormat = "markdown" | "code" | "text";

/** A file of a collection, or a part of it. */
export interface SourceText {
  readonly source: string;
  readonly format: TextFormat;
  readonly text: string;
  /** Where the text begins in the file, in UTF-16 units. */
  readonly startIndex: number;
  /** UTF-16 units of the whole file. */
  readonly length: number;
  /** Markdown to put before the text; see {@link markdownContext}. */
  readonly context: string;
  /** Whether the file has changed since it was indexed, so that the passage may have moved. */
  readonly isChanged: boolean;
}

/** An open index that a page searches. */
export class Collection {
  readonly #contexts = new Map<string, Promise<string>>();

  private constructor(
    readonly facts: CollectionFacts,
    readonly index: CorpusIndex,
    readonly sources: SourceTable,
  ) {}

  static async of(
    index: CorpusIndex,
    { id, name, isTemporary }: Pick<CollectionFacts, "id" | "name" | "isTemporary">,
  ): Promise<Collection> {
    const sources = await readSourceTable(index);
    const { embedder } = index.settings;
    const facts = {
      id,
      version: randomUUID(),
      name,
      isTemporary,
      files: sources.size,
      passages: index.store.size,
      embedder: basename(embedder),
    };
    return new Collection(facts, index, sources);
  }

  /**
   * Reads a file, or the part of a long one around a place.
   * @param passage id of the passage to show
   * @throws {LocalHttpError} 404 if the collection has no such file; 422 if it cannot be read
   */
  async read(source: string, near: number, passage: string | undefined): Promise<SourceText> {
    const known = this.sources.get(source);
    if (known === undefined)
      throw new LocalHttpError("notFound", `There is no file ${source} in this collection.`);
    const { text } = await readSource(this.index.settings, source).catch((error: unknown) => {
      const { reason } = readProblem(source, error);
      throw new LocalHttpError("failed", `${source}: ${reason}`, { cause: error });
    });
    const kind = fileKind(source);
    const units = kind === "markdown" ? MAX_UNITS.markdown : MAX_UNITS.other;
    const last = Math.max(0, text.length - units);
    const startIndex = Math.min(last, Math.max(0, Math.floor(near - units / 2)));
    // A changed file has other passage ids, because they depend on the file's text.
    const isKnown = passage === undefined || (await this.index.store.getByIds([passage])).length > 0;
    return {
      source,
      format: kind === "html-text" ? "code" : formatOf(kind),
      text: text.slice(startIndex, startIndex + units),
      startIndex,
      length: text.length,
      context: kind === "markdown" ? markdownContext(text, startIndex) : "",
      isChanged: !isKnown || textHash(text) !== known.hash,
    };
  }

  /** Returns how a passage is shown. */
  formatOf({ source }: Pick<Candidate, "source">): TextFormat {
    return formatOf(fileKind(source));
  }

  /** Returns the Markdown to put before a passage: "" if none is needed, or its file cannot be read or has changed. */
  async contextOf(passage: Pick<Candidate, "id" | "source" | "startIndex">): Promise<string> {
    const { id, source } = passage;
    if (fileKind(source) !== "markdown") return "";
    const known = this.#contexts.get(id) ?? this.#readContext(passage);
    this.#contexts.set(id, known);
    return known;
  }

  async #readContext({ source, startIndex }: Pick<Candidate, "source" | "startIndex">): Promise<string> {
    try {
      const { text } = await readSource(this.index.settings, source);
      if (textHash(text) !== this.sources.get(source)?.hash) return "";
      return markdownContext(text, startIndex);
    } catch {
      // Opening the file on the page shows why.
      return "";
    }
  }
}

function formatOf(kind: FileKind): TextFormat {
  if (kind === "markdown") return "markdown";
  return kind === "text" || kind === "html-text" || kind === "rst" || kind === "latex" ? "text" : "code";
}
