import { UnsupportedSettingError } from "../errors/unsupported-setting-error.js";
import type { ModelFiles } from "../model-source/model-files.js";
import {
  type ProcessingJson,
  type SentenceConfigJson,
  sentenceConfigJson,
} from "./json/sentence-config-json.js";

/** Names of the file: sentence-transformers once had a name per model type. */
const NAMES = ["bert", "roberta", "distilbert", "camembert", "albert", "xlm-roberta", "xlnet"].map(
  (name) => `sentence_${name}_config.json`,
);

/** Keys that are supported here or do not affect results. sentence-transformers throws for any other. */
const KEYS: readonly string[] = [
  ...["transformer_task", "modality_config", "module_output_name", "max_seq_length", "do_lower_case"],
  ...["query_length", "document_length", "query_expansion", "processing_kwargs"],
  ...["config_kwargs", "config_args", "model_kwargs", "model_args", "processor_kwargs", "tokenizer_args"],
  ...["unpad_inputs", "backend", "cache_dir"],
];

/** Settings of where files come from. sentence-transformers' own settings override them. */
const SOURCES: readonly string[] = [
  ...[
    "cache_dir",
    "code_revision",
    "force_download",
    "local_files_only",
    "proxies",
    "resume_download",
    "revision",
  ],
  ...["subfolder", "token", "trust_remote_code", "use_auth_token"],
];

/** Arguments of transformers' `from_pretrained` for models that do not affect results here, where everything is computed in float32. */
const LOADING: readonly string[] = [
  ...SOURCES,
  ...[
    "attn_implementation",
    "device_map",
    "dtype",
    "low_cpu_mem_usage",
    "max_memory",
    "offload_buffers",
    "offload_folder",
  ],
  ...["offload_state_dict", "torch_dtype", "tp_plan", "use_cache", "use_safetensors"],
];

/** Arguments of a call of the tokenizer that are supported or do not affect results. */
const CALLING: readonly string[] = [
  ...[
    "logits_to_keep",
    "max_length",
    "pad_to_multiple_of",
    "padding",
    "return_attention_mask",
    "return_length",
  ],
  ...["return_offsets_mapping", "return_special_tokens_mask", "return_tensors", "truncation", "verbose"],
];

/** Settings of config.json from which transformers derives others when it reads the file. An override is set later and takes effect only in part. */
const DERIVED: readonly string[] = [
  ...[
    "architectures",
    "auto_map",
    "gguf_file",
    "is_causal",
    "model_type",
    "quantization_config",
    "return_unused_kwargs",
  ],
  ...[
    "global_attn_every_n_layers",
    "global_rope_theta",
    "layer_types",
    "local_rope_theta",
    "rope_parameters",
    "rope_scaling",
  ],
  ...["rope_theta", "max_window_layers", "sliding_window", "sliding_window_pattern", "use_sliding_window"],
  ...["text_config", "tie_last_hidden_states", "vision_config"],
];

/** sentence-transformers' default truncation; `true` is transformers' other name for it. */
const TRUNCATIONS: readonly unknown[] = ["longest_first", true, undefined, null];

/**
 * Reads sentence-transformers' settings of the transformer and its tokenizer. Settings with a name from before 5.4 are returned under the
 * newer name.
 * @param prefix folder of the tokenizer's files: ends with a slash, or is empty
 * @returns undefined if the repository has none
 * @throws UnsupportedSettingError if a setting would affect results and is not supported
 */
export async function readSentenceConfig(
  files: ModelFiles,
  prefix: string,
): Promise<SentenceConfigJson | undefined> {
  for (const name of NAMES) {
    const path = prefix + name;
    const json = await files.readJson(path, sentenceConfigJson);
    if (json && Object.keys(json).length > 0) return checked(files.model, path, withNewerNames(json));
  }
  return undefined;
}

/** An older name wins, as in sentence-transformers. */
function withNewerNames(json: SentenceConfigJson): SentenceConfigJson {
  const { config_args, model_args, tokenizer_args, ...others } = json;
  return {
    ...others,
    config_kwargs: config_args ?? others.config_kwargs,
    model_kwargs: model_args ?? others.model_kwargs,
    processor_kwargs: tokenizer_args ?? others.processor_kwargs,
  };
}

function checked(model: string, path: string, json: SentenceConfigJson): SentenceConfigJson {
  const unsupported = (key: string, expected: string, actual: unknown) =>
    new UnsupportedSettingError(model, { path, key, expected, actual });
  const checkKeys = (prefix: string, settings: object, known: readonly string[]) => {
    const unknown = Object.entries(settings).find(([key, value]) => !known.includes(key) && value != null);
    if (unknown) throw unsupported(prefix + unknown[0], "left out", unknown[1]);
  };
  checkKeys("", json, KEYS);
  const { tokenizer_type: tokenizerType } = json.processor_kwargs ?? {};
  if (tokenizerType != null) throw unsupported("processor_kwargs.tokenizer_type", "left out", tokenizerType);
  checkKeys("model_kwargs.", json.model_kwargs ?? {}, LOADING);
  const derived = DERIVED.find((key) => json.config_kwargs?.[key] !== undefined);
  if (derived) throw unsupported(`config_kwargs.${derived}`, "left out", json.config_kwargs?.[derived]);
  for (const kind of ["text", "common"] as const) {
    const call: ProcessingJson = json.processing_kwargs?.[kind] ?? {};
    checkKeys(`processing_kwargs.${kind}.`, call, CALLING);
    if (call.return_attention_mask === false) {
      throw unsupported(
        `processing_kwargs.${kind}.return_attention_mask`,
        "true",
        call.return_attention_mask,
      );
    }
    if (TRUNCATIONS.includes(call.truncation)) continue;
    throw unsupported(`processing_kwargs.${kind}.truncation`, 'true or "longest_first"', call.truncation);
  }
  return json;
}

/** Settings that override config.json, without those that only say where files come from. */
export function configOverrides({ config_kwargs }: SentenceConfigJson): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(config_kwargs ?? {}).filter(([key]) => !SOURCES.includes(key)));
}
