import type { ModelJson } from "./json/model-json.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import { UnigramModel } from "./model/unigram-model.js";
import type { ReadTokenizerJson } from "./read-tokenizer-json.js";
import type { FindPiece, ScoredPiece, TokenizerClass, TokenOf } from "./tokenizer-class/tokenizer-class.js";

/** A tokenizer.json. If its vocabulary was read separately, `model` holds it. */
export interface BuiltTokenizerJson {
  readonly json: TokenizerJson;
  readonly model: UnigramModel | undefined;
}

/**
 * Builds the tokenizer.json of a tokenizer class: the class's stages and model fields, with the vocabulary of the
 * files.
 * @param read a tokenizer.json, or other files
 */
export function classTokenizerJson(
  known: TokenizerClass,
  read: ReadTokenizerJson,
  config: TokenizerConfigJson,
  tokenOf: TokenOf,
): BuiltTokenizerJson {
  const { json, model } = read;
  const find = model ? findIn(model) : findInList(json.model);
  // A class knows the unknown piece of a SentencePiece model, but not that of a tokenizer.json.
  const unk_id = read.extra ? json.model.unk_id : config.unk_id;
  const fields = known.modelFields({ ...json.model, unk_id }, tokenOf, find);
  const built = { ...json, ...known.stages(json, config), model: { ...json.model, ...fields } };
  return { json: built, model: model && withFields(model, fields) };
}

function withFields({ tables }: UnigramModel, { unk_id, byte_fallback }: Partial<ModelJson>): UnigramModel {
  return new UnigramModel({
    ...tables,
    unknownId: (unk_id as number | undefined) ?? tables.unknownId,
    byteFallback: (byte_fallback as boolean | undefined) ?? tables.byteFallback,
  });
}

function findIn(model: UnigramModel): FindPiece {
  return (piece) => {
    const id = model.tokenId(piece);
    return id === undefined ? undefined : { id, score: model.tables.scores[id]! };
  };
}

function findInList({ vocab }: ModelJson): FindPiece {
  return (piece) => {
    if (!Array.isArray(vocab)) return undefined;
    const pieces: readonly ScoredPiece[] = vocab;
    const id = pieces.findIndex(([text]) => text === piece);
    return id < 0 ? undefined : { id, score: pieces[id]![1] };
  };
}
