import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import { checkJson } from "../json/check-json.js";
import { parseJsonBytes } from "../json/parse-json-bytes.js";
import { readJsonBytes } from "../json/read-json-bytes.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { modelType } from "./json/model-json.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import { type TokenizerJson, tokenizerJson } from "./json/tokenizer-json.js";
import type { Model } from "./model/model.js";
import { buildUnigramTables, type UnigramJson } from "./model/unigram/build-unigram-tables.js";
import { scanUnigramJson } from "./model/unigram/scan-unigram-json.js";
import { UnigramCache } from "./model/unigram/unigram-cache.js";
import { UnigramModel } from "./model/unigram-model.js";
import { readVocabulary } from "./read-vocabulary.js";
import type { NewToken } from "./special-tokens.js";
import type { TokenizerClass, TokenOf } from "./tokenizer-class/tokenizer-class.js";

/** A repository's tokenizer.json, as it is in the file. */
export interface ReadTokenizerJson {
  readonly json: TokenizerJson;
  /** Control and user-defined pieces, if a SentencePiece model was read. */
  readonly extra?: readonly NewToken[];
  /** The model built from the vocabulary; set if `json` leaves the vocabulary out. */
  readonly model?: UnigramModel;
  /** Caches the tables of the model built from `json` for the next start, if that saves time. */
  keep(model: Model): Promise<void>;
}

export interface ReadTokenizerJsonOptions {
  readonly files: ModelFiles;
  /** Folder of the tokenizer's files: ends with a slash, or is empty. */
  readonly prefix: string;
  readonly config: TokenizerConfigJson;
  /** The class that reads other files if there is no tokenizer.json. */
  readonly known: TokenizerClass | undefined;
  readonly tokenOf: TokenOf;
}

/** Vocabularies with fewer pieces are built as fast as their cache would be read. */
const MIN_CACHED_PIECES = 20_000;

/** Smaller files are parsed as fast as they are scanned. */
const MIN_SCANNED_BYTES = 1 << 20;

/** Names of vocabulary files, for error messages. */
const VOCABULARIES = [
  "merges.txt",
  "sentencepiece.bpe.model",
  "spiece.model",
  "spm.model",
  "tokenizer.model",
  "vocab.json",
  "vocab.txt",
];

/**
 * Reads a repository's tokenizer.json, or the tables that an earlier start cached, or the files that its class uses instead.
 * @throws UnsupportedTokenizerError if there is none that can be read
 */
export async function readTokenizerJson(options: ReadTokenizerJsonOptions): Promise<ReadTokenizerJson> {
  const { files, prefix } = options;
  if (!(await files.has(`${prefix}tokenizer.json`))) return readOtherFiles(options);
  const path = await files.localPath(`${prefix}tokenizer.json`);
  const cache = await UnigramCache.of(path);
  const cached = await cache.read();
  if (cached) return { json: cached.json, model: new UnigramModel(cached.tables), keep: keepNothing };
  const name = `${prefix}tokenizer.json`;
  const bytes = await readJsonBytes(files.model, name, path);
  const check = (json: unknown) => checkJson(files.model, name, tokenizerJson, json);
  const { json, model } = (await readLargeUnigram(bytes, check)) ?? {
    json: check(parseJsonBytes(files.model, name, bytes)),
    model: undefined,
  };
  const keep = async (built: Model) => {
    if (!(built instanceof UnigramModel) || built.tables.scores.length < MIN_CACHED_PIECES) return;
    // The values of the file, even if the tokenizer class has changed them.
    const { unk_id, byte_fallback, vocab } = json.model as UnigramJson;
    const scores = model ? model.tables.scores : Float64Array.from(vocab, ([, score]) => score);
    const own = { unknownId: unk_id ?? built.tables.unknownId, byteFallback: byte_fallback ?? false, scores };
    await cache.write({ json, tables: { ...built.tables, ...own } });
  };
  return { json, model, keep };
}

/**
 * Reads a large Unigram file faster than JSON.parse.
 * @returns undefined if it must be parsed like any other file
 */
async function readLargeUnigram(
  bytes: Buffer,
  check: (json: unknown) => TokenizerJson,
): Promise<{ readonly json: TokenizerJson; readonly model: UnigramModel } | undefined> {
  if (bytes.length < MIN_SCANNED_BYTES) return undefined;
  const scanned = await scanUnigramJson(bytes);
  if (!scanned) return undefined;
  const { vocabulary } = scanned;
  const json = check(scanned.json);
  if (modelType(json.model) !== "Unigram") return undefined;
  const tables = await buildUnigramTables(json.model as UnigramJson, vocabulary);
  return tables && { json, model: new UnigramModel(tables) };
}

async function readOtherFiles(options: ReadTokenizerJsonOptions): Promise<ReadTokenizerJson> {
  const { files, prefix, known } = options;
  const read = known && (await readVocabulary({ ...options, known }));
  if (read) return { ...read, keep: keepNothing };
  // The repository may have the file: this throws that it is missing from the cache.
  if (files.whenMissing) await files.localPath(`${prefix}tokenizer.json`);
  const there = (await files.list()).filter((path) => VOCABULARIES.includes(path.slice(prefix.length)));
  const wanted = known ? ` or ${known.files.join(" and ")}` : "";
  throw new UnsupportedTokenizerError(
    files.model,
    `it has no tokenizer.json${wanted}, only ${there.length > 0 ? there.join(", ") : "other files"}. Convert it once in Python: ` +
      `AutoTokenizer.from_pretrained("${files.model}").save_pretrained(folder), and load that folder, or put the ` +
      "tokenizer.json that this writes next to the model's other files.",
  );
}

async function keepNothing(): Promise<void> {}
