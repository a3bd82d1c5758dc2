import { array, nullish, unknown } from "valibot";
import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import { isRecord } from "../json/is-record.js";
import type { JsonSchema } from "../json/json-schema.js";
import { pickOf } from "../json/pick-of.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { type AddedTokenJson, addedTokenJson } from "./json/added-token-json.js";

interface VocabularyJson {
  readonly added_tokens?: readonly AddedTokenJson[] | null;
  readonly model: { readonly vocab?: unknown };
}

/** The fields of a tokenizer.json that hold its vocabulary. */
const vocabularyJson: JsonSchema<VocabularyJson> = pickOf({
  added_tokens: nullish(array(addedTokenJson)),
  model: pickOf({ vocab: unknown() }),
});

/**
 * Reads the tokens of a vocabulary by id.
 * @param files the files of the tokenizer's folder
 * @throws UnsupportedTokenizerError if it has no tokenizer.json with a vocabulary
 */
export async function readTokens(files: ModelFiles): Promise<readonly (string | undefined)[]> {
  const json = await files.readJson("tokenizer.json", vocabularyJson);
  const tokens: (string | undefined)[] = [];
  const vocab = json?.model.vocab;
  if (Array.isArray(vocab)) {
    // Unigram: [token, score], by id.
    for (const [id, entry] of vocab.entries())
      tokens[id] = Array.isArray(entry) ? String(entry[0]) : undefined;
  } else if (isRecord(vocab)) {
    for (const token in vocab) tokens[Number(vocab[token])] = token;
  } else {
    throw new UnsupportedTokenizerError(files.model, "it has no tokenizer.json that lists its tokens.");
  }
  for (const { id, content } of json?.added_tokens ?? []) tokens[id] ??= content;
  return tokens;
}
