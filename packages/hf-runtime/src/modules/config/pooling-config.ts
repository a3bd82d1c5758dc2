import { array, nullish, string, union } from "valibot";
import { POOLING_MODES, type PoolingMode } from "../../contracts/pooling-mode.js";
import { UnsupportedModuleError } from "../../errors/unsupported-module-error.js";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

export { POOLING_MODES };

export interface PoolingConfig {
  readonly modes: readonly PoolingMode[];
  /** Whether the prompt's tokens count. */
  readonly includePrompt: boolean;
  /** Width of the token vectors, if the file states it. */
  readonly width: number | undefined;
}

/** `config.json` of a Pooling module: one boolean for each mode before sentence-transformers 5.4, `pooling_mode` since. */
export interface PoolingJson {
  readonly pooling_mode?: string | readonly string[] | null;
  readonly pooling_mode_cls_token?: boolean | null;
  readonly pooling_mode_max_tokens?: boolean | null;
  readonly pooling_mode_mean_tokens?: boolean | null;
  readonly pooling_mode_mean_sqrt_len_tokens?: boolean | null;
  readonly pooling_mode_weightedmean_tokens?: boolean | null;
  readonly pooling_mode_lasttoken?: boolean | null;
  readonly include_prompt?: boolean | null;
  readonly word_embedding_dimension?: number | null;
  /** Newer name of `word_embedding_dimension`. */
  readonly embedding_dimension?: number | null;
}

const { flag, size } = fields;

/** Schema of {@link PoolingJson}. */
export const poolingJson: JsonSchema<PoolingJson> = objectOf({
  pooling_mode: nullish(union([string(), array(string())], "the name of a mode or a list of such names")),
  pooling_mode_cls_token: flag,
  pooling_mode_max_tokens: flag,
  pooling_mode_mean_tokens: flag,
  pooling_mode_mean_sqrt_len_tokens: flag,
  pooling_mode_weightedmean_tokens: flag,
  pooling_mode_lasttoken: flag,
  include_prompt: flag,
  word_embedding_dimension: size,
  embedding_dimension: size,
});

/** sentence-transformers' default if the file names no mode. */
const DEFAULT_MODES: readonly PoolingMode[] = ["mean"];

/**
 * Reads a Pooling module's configuration, old or new. Newer files list the modes in order; for the older booleans the order is that of
 * {@link POOLING_MODES}.
 * @throws UnsupportedModuleError for a mode that sentence-transformers does not have either
 */
export function readPoolingConfig(json: PoolingJson): PoolingConfig {
  const modes = json.pooling_mode == null ? modesOfFlags(json) : [json.pooling_mode].flat();
  for (const mode of modes) {
    if (!isPoolingMode(mode)) throw new UnsupportedModuleError("pooling mode", mode, POOLING_MODES);
  }
  return {
    modes: modes.length > 0 ? (modes as PoolingMode[]) : DEFAULT_MODES,
    includePrompt: json.include_prompt ?? true,
    width: json.embedding_dimension ?? json.word_embedding_dimension ?? undefined,
  };
}

function modesOfFlags(json: PoolingJson): PoolingMode[] {
  const flags: Readonly<Record<PoolingMode, boolean | null | undefined>> = {
    cls: json.pooling_mode_cls_token,
    max: json.pooling_mode_max_tokens,
    mean: json.pooling_mode_mean_tokens,
    mean_sqrt_len_tokens: json.pooling_mode_mean_sqrt_len_tokens,
    weightedmean: json.pooling_mode_weightedmean_tokens,
    lasttoken: json.pooling_mode_lasttoken,
  };
  return POOLING_MODES.filter((mode) => flags[mode]);
}

function isPoolingMode(mode: string): mode is PoolingMode {
  return (POOLING_MODES as readonly string[]).includes(mode);
}
