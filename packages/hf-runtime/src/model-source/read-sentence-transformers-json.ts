import type { ModelFiles } from "./model-files.js";
import type { ModelKind } from "./model-kind.js";
import { type SentenceTransformersJson, sentenceTransformersJson } from "./sentence-transformers-json.js";

/** What files written before sentence-transformers 5.4, which name no kind, are of. */
const UNNAMED_KIND: ModelKind = "SentenceTransformer";

/** What PyLate calls a kind. */
const OLDER_NAMES: Readonly<Record<string, ModelKind>> = { ColBERT: "MultiVectorEncoder" };

/**
 * Reads `config_sentence_transformers.json`; {} where there is none. Undefined where sentence-transformers reads none of its own
 * files, `sentence_bert_config.json` among them: without a `modules.json`, or where they are of another kind of model.
 */
export async function readSentenceTransformersJson(
  files: ModelFiles,
  kind: ModelKind,
): Promise<SentenceTransformersJson | undefined> {
  if (!(await files.has("modules.json"))) return undefined;
  const path = "config_sentence_transformers.json";
  const json = await files.readJson(path, sentenceTransformersJson);
  // A missing name has a default kind; null does not.
  const type = json?.model_type === undefined ? UNNAMED_KIND : String(json.model_type);
  return (OLDER_NAMES[type] ?? type) === kind ? (json ?? {}) : undefined;
}
