import { nullish } from "valibot";
import { UnsupportedTokenizerError } from "../errors/unsupported-tokenizer-error.js";
import { fields } from "../json/fields.js";
import type { JsonSchema } from "../json/json-schema.js";
import { pickOf } from "../json/pick-of.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { loadTokenizer } from "./load-tokenizer.js";
import type { TextTokenizer } from "./text-tokenizer.js";

const FILE = "tokenizer.json";

interface TruncationJson {
  readonly truncation?: { readonly max_length?: number | null } | null;
}

/** The truncation length of a tokenizer.json, which only this loader reads. */
const truncationJson: JsonSchema<TruncationJson> = pickOf({
  truncation: nullish(pickOf({ max_length: fields.integer })),
});

/**
 * Builds a tokenizer from tokenizer.json alone and ignores all other files, as `Tokenizer.from_file` does in Python. Texts are
 * truncated only if that file sets a length.
 * @param files the files of its folder
 * @throws UnsupportedTokenizerError
 */
export async function loadBareTokenizer(files: ModelFiles, maxLength?: number): Promise<TextTokenizer> {
  if (!(await files.has(FILE))) {
    throw new UnsupportedTokenizerError(files.model, "it has no tokenizer.json next to its table of tokens.");
  }
  const alone: ModelFiles = {
    model: files.model,
    commit: files.commit,
    whenMissing: files.whenMissing,
    list: async () => [FILE],
    has: async (path) => path === FILE,
    localPath: (path) => files.localPath(path),
    notFound: (path) => files.notFound(path),
    readJson: async (path, schema) => (path === FILE ? files.readJson(path, schema) : undefined),
  };
  const cut = await files.readJson(FILE, truncationJson);
  return loadTokenizer(alone, { maxLength: maxLength ?? cut?.truncation?.max_length ?? undefined });
}
