import type { ComponentJson } from "./json/component-json.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import type { BertNormalizerJson } from "./normalize/bert-normalizer.js";
import { createNormalizer } from "./normalize/create-normalizer.js";
import type { SectionEncoder } from "./section-encoder.js";
import { lowercase } from "./unicode/lowercase.js";
import { buildUnigramTables, type UnigramJson } from "./unigram/build-unigram-tables.js";
import { createMetaspace } from "./unigram/metaspace.js";
import { UnigramEncoder } from "./unigram/unigram-encoder.js";
import { UnigramModel, type UnigramTables } from "./unigram/unigram-model.js";
import { UpstreamEncoder } from "./upstream-encoder.js";
import { WordPieceEncoder } from "./wordpiece/word-piece-encoder.js";
import type { WordPieceJson } from "./wordpiece/word-piece-vocabulary.js";

/**
 * Chooses the encoder of a tokenizer.json: one of our own for BERT's WordPiece and SentencePiece's Unigram, upstream's for
 * the rest.
 * @param options.tables tables of the Unigram model from a cache, in place of the vocabulary
 * @throws what upstream throws on parts that it does not know
 */
export async function createEncoder(
  json: TokenizerJson,
  config: TokenizerConfigJson,
  options: { readonly tables?: UnigramTables } = {},
): Promise<SectionEncoder> {
  return (
    wordPieceEncoder(json) ??
    (await unigramEncoder(json, options.tables)) ??
    new UpstreamEncoder(json, config)
  );
}

function wordPieceEncoder({ model, normalizer, pre_tokenizer }: TokenizerJson): SectionEncoder | undefined {
  // Older files do not name the model's kind.
  const isWordPiece = model.type === "WordPiece" || (model.type === undefined && !("merges" in model));
  if (!isWordPiece || Array.isArray(model.vocab) || typeof model.unk_token !== "string") return undefined;
  if (pre_tokenizer?.type !== "BertPreTokenizer") return undefined;
  const parts = normalizer?.type === "Sequence" ? (normalizer.normalizers as ComponentJson[]) : [normalizer];
  const bert = parts.at(-1);
  // In front of it, sentence-transformers may have put the Lowercase of do_lower_case, which works by character too.
  const before = parts.slice(0, -1);
  if (bert?.type !== "BertNormalizer" || before.some((part) => part?.type !== "Lowercase")) return undefined;
  return new WordPieceEncoder(
    model as unknown as WordPieceJson,
    bert as unknown as BertNormalizerJson,
    before.length > 0 ? lowercase : (text) => text,
  );
}

async function unigramEncoder(
  json: TokenizerJson,
  cached: UnigramTables | undefined,
): Promise<SectionEncoder | undefined> {
  if (!cached && !isUnigram(json)) return undefined;
  const normalize = createNormalizer(json.normalizer);
  const preTokenize = createMetaspace(json.pre_tokenizer);
  if (!normalize || !preTokenize) return undefined;
  const tables = cached ?? (await buildUnigramTables(json.model as unknown as UnigramJson));
  return tables && new UnigramEncoder(new UnigramModel(tables), normalize, preTokenize);
}

export function isUnigram({ model }: TokenizerJson): boolean {
  return model.type === "Unigram" || (model.type === undefined && Array.isArray(model.vocab));
}
