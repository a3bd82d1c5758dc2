import { check, custom, type GenericSchema, lazy, nullish, picklist, pipe } from "valibot";
import { fields } from "../../json/fields.js";
import { isRecord } from "../../json/is-record.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { listOf } from "../../json/list-of.js";
import { mapOf } from "../../json/map-of.js";
import { objectOf } from "../../json/object-of.js";
import { pickOf } from "../../json/pick-of.js";

/** The model of a tokenizer.json. Its other fields depend on `type`. */
export interface ModelJson {
  /** Older files leave it out: {@link modelType}. */
  readonly type?: string | null;
  readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[];
  readonly [field: string]: unknown;
}

/** Kind of a model: the one that the file names, otherwise the one that its vocabulary implies. */
export function modelType(model: ModelJson): string {
  return model.type ?? (Array.isArray(model.vocab) ? "Unigram" : "merges" in model ? "BPE" : "WordPiece");
}

type Piece = readonly [piece: string, score: number];
type Merge = string | readonly [string, string];

const { flag, float, integer, isText, isTokenId, size, text, tokenId, tokenIdText } = fields;

const ids = mapOf(isTokenId, { whole: "an object that has the id of each token", item: tokenIdText });
const pieces = listOf(isPiece, {
  whole: "a list of pieces with scores",
  item: "a piece with its score, a finite number",
});
const merges = listOf(isMerge, { whole: "a list of pairs of tokens", item: "two tokens" });

const KEYS = {
  merges: nullish(merges),
  unk_token: text,
  unk_id: nullish(tokenId),
  continuing_subword_prefix: text,
  end_of_word_suffix: text,
  max_input_chars_per_word: size,
  byte_fallback: flag,
  fuse_unk: flag,
  ignore_merges: flag,
  dropout: float,
  n_sub_iterations: integer,
};

const bpe = pickOf({ ...KEYS, type: text, vocab: ids });
/** Fails at loading if the unknown token is missing, not at the first unknown word. */
const withUnknownToken = pipe(
  bpe,
  check(
    ({ vocab, unk_token }) => unk_token == null || Object.hasOwn(vocab, unk_token),
    "a model whose vocab has its unk_token",
  ),
);
const unigram = pipe(
  pickOf({ ...KEYS, type: text, vocab: pieces }),
  check(
    // The list is empty if the vocabulary was read separately.
    ({ vocab, unk_id }) => unk_id == null || vocab.length === 0 || unk_id < vocab.length,
    "a model whose unk_id is the place of a piece of its vocab",
  ),
);

const KINDS: ReadonlyMap<string, GenericSchema> = new Map<string, GenericSchema>([
  ["BPE", bpe],
  ["Unigram", unigram],
  ["WordLevel", withUnknownToken],
  ["WordPiece", withUnknownToken],
]);

const ofNoKind = objectOf({ type: picklist([...KINDS.keys()], `one of ${[...KINDS.keys()].join(", ")}`) });

/** Schema of {@link ModelJson}. Fields that it does not name are left out. */
export const modelJson: JsonSchema<ModelJson> = pipe(
  custom<ModelJson>(isRecord, "an object"),
  lazy((model) => (KINDS.get(modelType(model as ModelJson)) ?? ofNoKind) as GenericSchema<ModelJson>),
);

function isPiece(value: unknown): value is Piece {
  return Array.isArray(value) && value.length === 2 && isText(value[0]) && Number.isFinite(value[1]);
}

/** A pair of tokens; in older files a string with a space between them. */
function isMerge(value: unknown): value is Merge {
  return isText(value) || (Array.isArray(value) && value.length === 2 && value.every(isText));
}
