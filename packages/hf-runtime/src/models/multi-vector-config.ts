import type { MultiVectorSimilarity } from "../contracts/multi-vector-encoder.js";
import type { Prompts } from "../contracts/prompts.js";
import { ModelConfigError } from "../errors/model-config-error.js";
import type { QueryExpansion, RoleSettings } from "../inputs/query-expansion.js";
import type { ConfigJson } from "../model-source/config-json.js";
import type { ModelFiles } from "../model-source/model-files.js";
import type { SentenceTransformersJson } from "../model-source/sentence-transformers-json.js";
import { promptsOf } from "../prompts/prompts-of.js";
import { spellingOf } from "../tokenizer/json/special-token-json.js";
import { tokenizerConfigJson } from "../tokenizer/json/tokenizer-config-json.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import {
  artifactJson,
  type MultiVectorJson,
  multiVectorJson,
  type PylateJson,
  pylateJson,
  type QueryExpansionJson,
} from "./multi-vector-json.js";

/** Settings of a late-interaction model, from files of any form. */
export interface MultiVectorConfig extends Prompts {
  readonly similarity: MultiVectorSimilarity;
  /** Set for older forms without modules for it: tokens that documents lose; vectors are also scaled to length 1. */
  readonly older: { readonly skipped: readonly string[] } | undefined;
  /** Texts of prompts that begin with a special token. */
  readonly markers: readonly string[];
  /** Settings of queries and documents. Those in sentence_bert_config.json override them. */
  readonly roles: MultiVectorJson;
}

/** Class name in Stanford's checkpoints. */
const STANFORD = "HF_ColBERT";
const PYLATE = "ColBERT";
const PUNCTUATION = [..."!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"];
/** Default number of query tokens in ColBERT. */
const QUERY_TOKENS = 32;
/** Keys that only files of PyLate have. */
const PYLATE_KEYS = [
  "query_length",
  "document_length",
  "query_expansion",
  "do_query_expansion",
  "attend_to_expansion_tokens",
  "attend_to_mask_tokens",
  "query_prefix",
  "document_prefix",
  "skiplist_words",
];
const OWN_FILE = "config_sentence_transformers.json";
const SENTENCE_FILE = "sentence_bert_config.json";
/** Usual mask tokens, for tokenizers whose files do not name one. */
const USUAL_MASKS = ["[MASK]", "<mask>"];

/** Whether a config.json belongs to Stanford's ColBERT. */
export function isStanford({ architectures }: ConfigJson): boolean {
  return architectures?.includes(STANFORD) ?? false;
}

/**
 * Reads the settings of a late-interaction model in the form of sentence-transformers, PyLate or Stanford.
 * @param own `config_sentence_transformers.json`, if it belongs to such a model
 * @throws MalformedModelFileError if a file does not have the expected form
 */
export async function readMultiVectorConfig(
  files: ModelFiles,
  config: ConfigJson,
  own: SentenceTransformersJson | undefined,
): Promise<MultiVectorConfig> {
  if (own === undefined && isStanford(config)) return stanfordConfig(files);
  const pylate = (await files.readJson(OWN_FILE, pylateJson)) ?? {};
  const { prompts, defaultPromptName } = promptsOf(own ?? {});
  const prefixes = { query: pylate.query_prefix, document: pylate.document_prefix };
  const composed: Record<string, string> = { ...prompts };
  const markers: string[] = [];
  for (const [role, prefix] of Object.entries(prefixes)) {
    if (prefix === undefined) continue;
    const text = prefix ?? "";
    const prompt = prompts[role] ?? "";
    composed[role] = text + (prompt.startsWith(text) ? prompt.slice(text.length) : prompt);
    markers.push(text);
  }
  return {
    prompts: composed,
    defaultPromptName,
    similarity: own?.similarity_fn_name === "meanmaxsim" ? "meanmaxsim" : "maxsim",
    older: pylate.model_type === PYLATE ? { skipped: pylate.skiplist_words ?? PUNCTUATION } : undefined,
    markers,
    roles: pylateRoles(pylate),
  };
}

function pylateRoles(json: PylateJson): MultiVectorJson {
  const { query_length, document_length, query_expansion, do_query_expansion } = json;
  if (query_expansion !== undefined || !PYLATE_KEYS.some((key) => key in json)) {
    return { query_length, document_length, query_expansion };
  }
  if (do_query_expansion === false) return { query_length, document_length, query_expansion: null };
  const attend = json.attend_to_expansion_tokens ?? json.attend_to_mask_tokens ?? false;
  const length = query_length ?? QUERY_TOKENS;
  return { document_length, query_expansion: { strategy: "fixed", attend, length } };
}

async function stanfordConfig(files: ModelFiles): Promise<MultiVectorConfig> {
  const json = (await files.readJson("artifact.metadata", artifactJson)) ?? {};
  const query = `${json.query_token_id || "[unused0]"} `;
  const document = `${json.doc_token_id || "[unused1]"} `;
  const expansion: QueryExpansionJson = {
    strategy: "fixed",
    attend: json.attend_to_mask_tokens ?? false,
    length: json.query_maxlen ?? QUERY_TOKENS,
  };
  return {
    prompts: { query, document },
    defaultPromptName: undefined,
    similarity: "maxsim",
    older: { skipped: (json.mask_punctuation ?? true) ? PUNCTUATION : [] },
    markers: [query, document],
    roles: { document_length: json.doc_maxlen, query_expansion: expansion },
  };
}

/**
 * Reads how queries and documents are encoded: from sentence_bert_config.json, else from the model's older settings.
 * @param files the transformer's files
 * @param older settings in the older form
 * @param isListed whether sentence_bert_config.json applies
 * @throws ModelConfigError if the settings are contradictory, or name a token that does not exist
 */
export async function readRoleSettings(
  files: ModelFiles,
  tokenizer: TextTokenizer,
  older: MultiVectorJson,
  isListed: boolean,
): Promise<RoleSettings> {
  const newer = (isListed && (await files.readJson(SENTENCE_FILE, multiVectorJson))) || {};
  const roles = { ...older, ...newer };
  const { query_length, document_length, query_expansion } = roles;
  const queryLength = query_length ?? undefined;
  const expansion = query_expansion ? await expansionOf(files, tokenizer, query_expansion) : undefined;
  if (expansion && queryLength !== undefined && queryLength < expansion.length) {
    throw new ModelConfigError(
      "query_length",
      `at least query_expansion's length of ${expansion.length}`,
      queryLength,
    );
  }
  return { queryLength, documentLength: document_length ?? undefined, expansion };
}

async function expansionOf(
  files: ModelFiles,
  tokenizer: TextTokenizer,
  { strategy, attend, token, length }: QueryExpansionJson,
): Promise<QueryExpansion> {
  const config = (await files.readJson("tokenizer_config.json", tokenizerConfigJson)) ?? {};
  const usual = [spellingOf(config.mask_token), ...USUAL_MASKS, spellingOf(config.eos_token)];
  const names = token == null ? usual : [token];
  const ids = names.map((name) => (name === undefined ? undefined : tokenizer.tokenId(name)));
  const tokenId = ids.find((id) => id !== undefined);
  if (tokenId === undefined) {
    throw new ModelConfigError(
      "query_expansion.token",
      "a token of the vocabulary",
      token ?? "none, and there is no mask",
    );
  }
  return { length, isFixed: strategy === "fixed", attend: attend ?? false, tokenId };
}
