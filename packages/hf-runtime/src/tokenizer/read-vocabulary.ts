import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";
import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import { checkJson } from "../json/check-json.js";
import { decodeUtf8 } from "../json/decode-utf8.js";
import { parseJsonBytes } from "../json/parse-json-bytes.js";
import { readJsonBytes } from "../json/read-json-bytes.js";
import type { ModelFiles } from "../model-source/model-files.js";
import type { ModelJson } from "./json/model-json.js";
import { modelJson } from "./json/model-json.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import { type SentencePieceModel, sentencePiece } from "./sentence-piece.js";
import { sentencePieceMerges } from "./sentence-piece-merges.js";
import type { NewToken } from "./special-tokens.js";
import type { ScoredPiece, TokenizerClass, TokenOf } from "./tokenizer-class/tokenizer-class.js";
import { PYTHON_SPACES } from "./unicode/python-spaces.js";

/** The vocabulary of a repository without tokenizer.json. */
export interface ReadVocabulary {
  /** The stages of the class are still missing. */
  readonly json: TokenizerJson;
  /** Control and user-defined pieces of a SentencePiece model. */
  readonly extra?: readonly NewToken[];
}

/** Options of {@link readVocabulary}. */
export interface ReadVocabularyOptions {
  readonly files: ModelFiles;
  /** Folder of the tokenizer's files: ends with a slash, or is empty. */
  readonly prefix: string;
  readonly config: TokenizerConfigJson;
  readonly known: TokenizerClass;
  readonly tokenOf: TokenOf;
}

/** The largest SentencePiece models have 5 MB. */
const MAX_MODEL_BYTES = 64 * 2 ** 20;

/** Runs of Python's white space, anywhere and at the edges of a text. */
const SPACES = new RegExp(`[${PYTHON_SPACES}]+`);
const EDGES = new RegExp(`^[${PYTHON_SPACES}]+|[${PYTHON_SPACES}]+$`, "g");

const CONTROL = 3;
const USER_DEFINED = 4;

/**
 * Reads the vocabulary from the files of its class: vocab.txt, vocab.json and merges.txt, vocab.txt and bpe.codes, or a SentencePiece model.
 * @returns undefined if one of them is missing
 * @throws MalformedModelFileError
 */
export async function readVocabulary(options: ReadVocabularyOptions): Promise<ReadVocabulary | undefined> {
  const { files, prefix, known, tokenOf } = options;
  const names = known.files.map((name) => prefix + name);
  for (const name of names) if (!(await files.has(name))) return undefined;
  const [first = "", second = ""] = names;
  if (first.endsWith(".model")) return readSentencePiece(options, first);
  if (known.model === "FastBPE") return { json: tokenizer(await readFastBpe(files, first, second, tokenOf)) };
  if (first.endsWith(".txt")) return { json: tokenizer(await readWords(files, first)) };
  return { json: tokenizer(await readBytePairs(files, first, second)) };
}

function tokenizer(model: ModelJson, normalizer: TokenizerJson["normalizer"] = null): TokenizerJson {
  return { added_tokens: [], normalizer, pre_tokenizer: null, post_processor: null, model };
}

/** One token per line; ids count from 0. */
async function readWords(files: ModelFiles, name: string): Promise<ModelJson> {
  const vocab = new Map((await readLines(files, name)).map((line, id) => [line.trimEnd(), id]));
  return { type: "WordPiece", vocab: Object.fromEntries(vocab) };
}

async function readBytePairs(files: ModelFiles, vocabName: string, mergesName: string): Promise<ModelJson> {
  const vocab = parseJsonBytes(files.model, vocabName, await readBytes(files, vocabName));
  const lines = await readLines(files, mergesName);
  const merges: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.startsWith("#version")) continue;
    if (line.split(" ").length !== 2) {
      const expected = "two tokens with a space between them in each line";
      throw new MalformedModelFileError(files.model, mergesName, expected, {
        got: `another line ${index + 1}`,
      });
    }
    merges.push(line);
  }
  return checkJson(files.model, vocabName, modelJson, { type: "BPE", vocab, merges });
}

/**
 * Reads vocab.txt (a token and its count per line; the ids follow those of four special tokens) and bpe.codes (two symbols and the count of the pair per line;
 * earlier pairs merge first).
 */
async function readFastBpe(
  files: ModelFiles,
  vocabName: string,
  mergesName: string,
  tokenOf: TokenOf,
): Promise<ModelJson> {
  const special = ["bos_token", "pad_token", "eos_token", "unk_token"] as const;
  const vocab = new Map(special.map((name, id) => [tokenOf(name) ?? "None", id]));
  const lines = await pythonLines(files, vocabName);
  if (lines.at(-1) === "") lines.pop();
  for (const [index, line] of lines.entries()) {
    const text = line.replace(EDGES, "");
    const end = text.lastIndexOf(" ");
    if (end < 0) {
      const got = `another line ${index + 1}`;
      throw new MalformedModelFileError(files.model, vocabName, "a token and its count in each line", {
        got,
      });
    }
    // A repeated token gets the id that a new token would get.
    vocab.set(text.slice(0, end), vocab.size);
  }
  const pairs = new Map<string, readonly string[]>();
  // Text after the last line end is ignored.
  for (const line of (await pythonLines(files, mergesName)).slice(0, -1)) {
    const pair = line
      .split(SPACES)
      .filter((part) => part !== "")
      .slice(0, -1);
    // The last place of a repeated pair counts.
    pairs.delete(pair.join(" "));
    if (pair.length === 2) pairs.set(pair.join(" "), pair);
  }
  return { type: "FastBPE", vocab: Object.fromEntries(vocab), merges: [...pairs.values()] };
}

/** Lines as Python reads them, with the empty one after the last line end. */
async function pythonLines(files: ModelFiles, name: string): Promise<string[]> {
  return decodeUtf8(files.model, name, await readBytes(files, name)).split(/\r\n|[\r\n]/);
}

async function readSentencePiece(
  { files, config, known, tokenOf }: ReadVocabularyOptions,
  name: string,
): Promise<ReadVocabulary> {
  const read = await sentencePiece(files.model, name, await readBytes(files, name, MAX_MODEL_BYTES));
  const own = read.pieces.map(({ piece, score }): ScoredPiece => [piece, score]);
  const pieces = known.pieces?.(own, tokenOf, config) ?? own;
  const extra = read.pieces
    .filter(({ type }) => type === CONTROL || type === USER_DEFINED)
    .map(({ piece, type }) => ({ content: piece, special: type === CONTROL, normalized: false }));
  return { json: tokenizer(await modelOf(known, pieces, read), charsmapOf(read)), extra };
}

async function modelOf(
  known: TokenizerClass,
  pieces: readonly ScoredPiece[],
  { unknownId }: SentencePieceModel,
): Promise<ModelJson> {
  if (known.model === "Unigram") return { type: "Unigram", vocab: pieces, unk_id: unknownId };
  const vocab = new Map(pieces.map(([piece], id) => [piece, id]));
  return { type: "BPE", vocab: Object.fromEntries(vocab), merges: await sentencePieceMerges(vocab) };
}

function charsmapOf({ charsmap }: SentencePieceModel): TokenizerJson["normalizer"] {
  if (charsmap.length === 0) return null;
  return { type: "Precompiled", precompiled_charsmap: Buffer.from(charsmap).toString("base64") };
}

async function readLines(files: ModelFiles, name: string): Promise<string[]> {
  const lines = decodeUtf8(files.model, name, await readBytes(files, name)).split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

async function readBytes(files: ModelFiles, name: string, most?: number): Promise<Buffer> {
  const bytes = await readJsonBytes(files.model, name, await files.localPath(name));
  if (most === undefined || bytes.length <= most) return bytes;
  const problem = `its ${name} has ${bytes.length} bytes, more than the ${most} that are read.`;
  throw new UnsupportedTokenizerError(files.model, problem);
}
