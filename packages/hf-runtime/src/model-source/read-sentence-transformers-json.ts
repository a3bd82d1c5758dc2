import type { ModelFiles } from "./model-files.js";
import type { ModelKind } from "./model-kind.js";
import { type SentenceTransformersJson, sentenceTransformersJson } from "./sentence-transformers-json.js";

/** Kind of model if the file names none, as before sentence-transformers 5.4. */
const UNNAMED_KIND: ModelKind = "SentenceTransformer";

/** PyLate's names of kinds. */
const OLDER_NAMES: Readonly<Record<string, ModelKind>> = { ColBERT: "MultiVectorEncoder" };

/**
 * Reads `config_sentence_transformers.json`; {} if there is none. Undefined if sentence-transformers ignores its own files
 * (`sentence_bert_config.json` too): if there is no `modules.json`, or if they belong to another kind of model.
 */
export async function readSentenceTransformersJson(
  files: ModelFiles,
  kind: ModelKind,
): Promise<SentenceTransformersJson | undefined> {
  if (!(await files.has("modules.json"))) return undefined;
  const path = "config_sentence_transformers.json";
  const json = await files.readJson(path, sentenceTransformersJson);
  // A missing model_type means the default kind; null does not.
  const type = json?.model_type === undefined ? UNNAMED_KIND : String(json.model_type);
  return (OLDER_NAMES[type] ?? type) === kind ? (json ?? {}) : undefined;
}
