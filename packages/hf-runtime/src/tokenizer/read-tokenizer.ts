import { readFile } from "node:fs/promises";
import { messageOf } from "../errors/message-of.js";
import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { parseJsonFile } from "../model-source/parse-json-file.js";
import { withClassPipeline } from "./class-pipeline.js";
import { createEncoder, isUnigram } from "./create-encoder.js";
import type { ComponentJson } from "./json/component-json.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import type { SectionEncoder } from "./section-encoder.js";
import { buildUnigramTables, type UnigramJson } from "./unigram/build-unigram-tables.js";
import { scanUnigramJson } from "./unigram/scan-unigram-json.js";
import { type CachedTokenizer, TableCache } from "./unigram/table-cache.js";
import { UnigramEncoder } from "./unigram/unigram-encoder.js";
import { vocabTxtTokenizer } from "./vocab-txt.js";

/** A tokenizer.json (its vocabulary may have been left out) and the encoder made from it. */
export interface ReadTokenizer {
  readonly json: TokenizerJson;
  /** The same as it is in the file. */
  readonly original: TokenizerJson;
  readonly encoder: SectionEncoder;
}

export interface ReadTokenizerOptions {
  readonly files: ModelFiles;
  /** Folder of the tokenizer's files, with a slash at the end, or nothing. */
  readonly prefix: string;
  readonly config: TokenizerConfigJson;
  /** transformers' class, where it is known. */
  readonly kind: string | undefined;
  /** Lower the case of everything first (`do_lower_case` of sentence-transformers). */
  readonly lowercase: boolean;
}

/** Vocabularies smaller than this are built as fast as their cache would be read. */
const MIN_CACHED_PIECES = 20_000;

/** Smaller files are parsed as fast as they are scanned. */
const MIN_SCANNED_BYTES = 1 << 20;

/** Files that only a conversion in Python makes readable. */
const NEEDS_CONVERSION = [
  "sentencepiece.bpe.model",
  "spiece.model",
  "spm.model",
  "tokenizer.model",
  "vocab.json",
  "vocab.txt",
];

/**
 * Reads a repository's tokenizer: tokenizer.json, or the tables that an earlier start made of it, or BERT's vocab.txt.
 * @throws UnsupportedTokenizerError where there is none that can be read
 */
export async function readTokenizer(options: ReadTokenizerOptions): Promise<ReadTokenizer> {
  const { files, prefix } = options;
  if (!(await files.has(`${prefix}tokenizer.json`))) return readVocabTxt(options);
  const path = await files.localPath(`${prefix}tokenizer.json`);
  const cache = await TableCache.of(path);
  const cached = await cache.read();
  if (cached) return build(options, cached.json, cached);
  const bytes = await readFile(path);
  const read =
    (await readLargeUnigram(options, bytes)) ??
    (await build(
      options,
      parseJsonFile<TokenizerJson>(files.model, `${prefix}tokenizer.json`, bytes.toString("utf8")),
    ));
  if (read.encoder instanceof UnigramEncoder && read.encoder.tables.scores.length >= MIN_CACHED_PIECES) {
    // As it is in the file: another model's settings may change it otherwise.
    await cache.write({ json: read.original, tables: read.encoder.tables });
  }
  return read;
}

/** The quick way through a large file. @returns undefined where it has to be parsed as any other */
async function readLargeUnigram(
  options: ReadTokenizerOptions,
  bytes: Buffer,
): Promise<ReadTokenizer | undefined> {
  if (bytes.length < MIN_SCANNED_BYTES) return undefined;
  const scanned = await scanUnigramJson(bytes);
  if (!scanned || !isUnigram(scanned.json)) return undefined;
  const tables = await buildUnigramTables(scanned.json.model as unknown as UnigramJson, scanned.vocabulary);
  const read = tables && (await build(options, scanned.json, { json: scanned.json, tables }));
  return read?.encoder instanceof UnigramEncoder ? read : undefined;
}

async function readVocabTxt(options: ReadTokenizerOptions): Promise<ReadTokenizer> {
  const { files, prefix, config } = options;
  if (await files.has(`${prefix}vocab.txt`)) {
    const text = await readFile(await files.localPath(`${prefix}vocab.txt`), "utf8");
    const json = vocabTxtTokenizer(text, config);
    if (json) return build(options, json);
  }
  // The repository may well have it: this says that it is missing from the cache.
  if (files.whenMissing) await files.localPath(`${prefix}tokenizer.json`);
  const there = (await files.list()).filter((path) => NEEDS_CONVERSION.includes(path.slice(prefix.length)));
  throw new UnsupportedTokenizerError(
    files.model,
    `it has no tokenizer.json, only ${there.length > 0 ? there.join(", ") : "other files"}. Convert it once in Python: ` +
      `AutoTokenizer.from_pretrained("${files.model}").save_pretrained(folder), and load that folder, or put the ` +
      "tokenizer.json that this writes beside the model's other files.",
  );
}

async function build(
  { files, config, kind, lowercase }: ReadTokenizerOptions,
  json: TokenizerJson,
  cached?: CachedTokenizer,
): Promise<ReadTokenizer> {
  const built = withClassPipeline(json, config, kind);
  const changed = lowercase ? { ...built, normalizer: withLowercase(built.normalizer) } : built;
  try {
    return {
      json: changed,
      original: json,
      encoder: await createEncoder(changed, config, { tables: cached?.tables }),
    };
  } catch (cause) {
    throw new UnsupportedTokenizerError(
      files.model,
      `a part of its tokenizer.json is unknown (${messageOf(cause)}).`,
      {
        cause,
      },
    );
  }
}

/** Puts a Lowercase in front, as sentence-transformers does, unless the normalizer lowers the case already. */
function withLowercase(normalizer: ComponentJson | null): ComponentJson {
  const lowercase = { type: "Lowercase" };
  if (normalizer === null) return lowercase;
  const parts =
    normalizer.type === "Sequence" ? (normalizer.normalizers as readonly ComponentJson[]) : [normalizer];
  const lowers = ({ type, lowercase: on }: ComponentJson) =>
    type === "Lowercase" || (type === "BertNormalizer" && on === true);
  return parts.some(lowers) ? normalizer : { type: "Sequence", normalizers: [lowercase, ...parts] };
}
