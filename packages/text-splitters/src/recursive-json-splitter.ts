import { Document, type DocumentInterface } from "@langchain/core/documents";
import {
  checkBoolean,
  checkCallOptions,
  checkKnownOptions,
  checkPositiveInteger,
  describeValue,
  InvalidOptionError,
  type WorkSlices,
} from "@secondpass/core";
import { checkMetadatas } from "./check-metadatas.js";
import { checkWholeNumber } from "./check-whole-number.js";
import { cloneMetadata } from "./chunks/clone-metadata.js";
import { DocumentSplitter } from "./document-splitter.js";
import { InvalidJsonError } from "./errors/invalid-json-error.js";
import { dumpJson } from "./json/dump-json.js";
import type { JsonDict, JsonNode } from "./json/json-node.js";
import { nodeOfValue } from "./json/node-of-value.js";
import { parseJson } from "./json/parse-json.js";
import { plainValue } from "./json/plain-value.js";
import { splitDict } from "./json/split-dict.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import type { SplitOptions } from "./split-options.js";

/** How JSON is read and written. */
export interface JsonSplitOptions extends SplitOptions {
  /** Turns lists into objects first, with the indices as keys, so that lists are split too. @default the splitter's, else false */
  readonly convertLists?: boolean | undefined;
  /** Escapes all characters that are not ASCII. Sizes always count the escaped form. @default the splitter's, else true */
  readonly ensureAscii?: boolean | undefined;
}

export interface RecursiveJsonSplitterOptions extends Omit<JsonSplitOptions, "signal"> {
  /** Maximum length of a chunk in characters, unless one entry has more. Minimum 1. @default 2000 */
  readonly maxChunkSize?: number;
  /** A chunk is finished only if it has at least this many characters and the next entry does not fit. 0 or more. @default maxChunkSize - 200, at least 50 */
  readonly minChunkSize?: number;
}

const OPTIONS = ["maxChunkSize", "minChunkSize", "convertLists", "ensureAscii"];
const CALL_OPTIONS = ["convertLists", "ensureAscii", "signal"];

/** JSON data: an object, a Map with text keys, or null; with `convertLists` also a list. */
export type JsonData = object | null;

/**
 * Splits JSON data into smaller objects, each with the keys that lead to its entries. Sizes are lengths of the text that Python's
 * `json.dumps` writes. A list or a text that is too long stays whole.
 *
 * @example
 * const splitter = new RecursiveJsonSplitter({ maxChunkSize: 30, minChunkSize: 10 });
 * console.log(await splitter.splitText({ peaks: { "Mont Blanc": 4806, Matterhorn: 4478 } }));
 * // ['{"peaks": {"Mont Blanc": 4806}}', '{"peaks": {"Matterhorn": 4478}}']
 */
export class RecursiveJsonSplitter extends DocumentSplitter<JsonSplitOptions> {
  static override lc_name(): string {
    return "RecursiveJsonSplitter";
  }

  readonly maxChunkSize: number;
  readonly minChunkSize: number;
  readonly convertLists: boolean;
  readonly ensureAscii: boolean;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} */
  constructor(options: RecursiveJsonSplitterOptions = {}) {
    checkKnownOptions(options, OPTIONS, "RecursiveJsonSplitter");
    super();
    this.maxChunkSize = checkPositiveInteger("maxChunkSize", options.maxChunkSize ?? 2000);
    const minChunkSize = options.minChunkSize ?? Math.max(this.maxChunkSize - 200, 50);
    this.minChunkSize = checkWholeNumber("minChunkSize", minChunkSize);
    this.convertLists = checkBoolean("convertLists", options.convertLists ?? false);
    this.ensureAscii = checkBoolean("ensureAscii", options.ensureAscii ?? true);
  }

  protected override get callOptions(): readonly string[] {
    return CALL_OPTIONS;
  }

  /**
   * Splits data into new objects. Objects put keys like "1" first; {@link splitText} keeps the order of a Map.
   *
   * @throws {InvalidJsonError} for data that is not JSON, that is deeper than 900 levels, or that is not an object
   */
  async splitJson(data: JsonData, options: JsonSplitOptions = {}): Promise<Record<string, unknown>[]> {
    const chunks = await this.#split(options, (convertLists, slices) =>
      nodeOfValue(data, convertLists, slices),
    );
    return chunks.map((chunk) => plainValue(chunk) as Record<string, unknown>);
  }

  /**
   * Splits data into JSON texts.
   *
   * @throws {InvalidJsonError} as {@link splitJson}
   */
  async splitText(data: JsonData, options: JsonSplitOptions = {}): Promise<string[]> {
    const chunks = await this.#split(options, (convertLists, slices) =>
      nodeOfValue(data, convertLists, slices),
    );
    return this.#write(chunks, options);
  }

  /**
   * Splits several data into Documents.
   *
   * @param metadatas metadata for the chunks of each, copied for every chunk. One for each, or none at all.
   * @throws {InvalidOptionError} if there are metadatas for some only
   * @throws {InvalidJsonError} as {@link splitJson}
   */
  async createDocuments(
    data: readonly JsonData[],
    metadatas: readonly Record<string, unknown>[] = [],
    options: JsonSplitOptions = {},
  ): Promise<Document[]> {
    if (!Array.isArray(data)) throw new InvalidOptionError("data", "a list of JSON data", data);
    checkMetadatas(metadatas, data.length, "one for each");
    const documents: Document[] = [];
    for (const [index, one] of data.entries()) {
      for (const pageContent of await this.splitText(one, options)) {
        documents.push(new Document({ pageContent, metadata: cloneMetadata(metadatas[index] ?? {}) }));
      }
    }
    return documents;
  }

  /**
   * Splits Documents whose content is JSON. It is read as in Python: the order of keys is kept, and 1.0 stays 1.0. Empty content gives no chunks.
   *
   * @throws {InvalidJsonError} for content that is not JSON, and as {@link splitJson}
   */
  protected override async splitEach(
    documents: readonly DocumentInterface[],
    options: JsonSplitOptions,
  ): Promise<Document[]> {
    const results: Document[] = [];
    for (const { pageContent: text, metadata, id } of documents) {
      if (text === "") continue;
      const chunks = await this.#split(options, (convertLists, slices) =>
        parseJson(text, convertLists, slices),
      );
      for (const chunk of await this.#write(chunks, options)) {
        results.push(new Document({ pageContent: chunk, metadata: cloneMetadata(metadata ?? {}), id }));
      }
    }
    return results;
  }

  async #split(
    options: JsonSplitOptions,
    read: (convertLists: boolean, slices: WorkSlices) => Promise<JsonNode>,
  ): Promise<JsonDict[]> {
    checkCallOptions(options, "RecursiveJsonSplitter", CALL_OPTIONS);
    const convertLists = checkBoolean("convertLists", options.convertLists ?? this.convertLists);
    const slices = shortStepSlices(options.signal);
    const node = await read(convertLists, slices);
    // As in Python, null has no chunks.
    if (node.kind === "scalar" && node.value === null) return [];
    if (node.kind === "dict") return splitDict(node, this, slices);
    const received = node.kind === "list" ? "a list" : describeValue(node.value);
    const advice = node.kind === "list" ? "Set `convertLists` to split a list." : "Put it into an object.";
    throw new InvalidJsonError("JSON data to be an object", received, advice);
  }

  async #write(chunks: readonly JsonDict[], { ensureAscii, signal }: JsonSplitOptions): Promise<string[]> {
    const ascii = checkBoolean("ensureAscii", ensureAscii ?? this.ensureAscii);
    const slices = shortStepSlices(signal);
    const texts: string[] = [];
    for (const chunk of chunks) {
      texts.push(dumpJson(chunk, ascii));
      if (slices.due()) await slices.pause();
    }
    return texts;
  }
}
