import type { AddedTokenJson } from "./added-token-json.js";
import type { ComponentJson } from "./component-json.js";
import type { ModelJson } from "./model-json.js";
import type { Side } from "./side.js";

/**
 * The parts of a tokenizer.json that are read here. Layout: `tokenizers`' serialisation
 * (https://github.com/huggingface/tokenizers).
 */
export interface TokenizerJson {
  readonly truncation?: { readonly direction?: Side } | null;
  readonly padding?: { readonly direction?: Side; readonly pad_id?: number } | null;
  readonly added_tokens?: readonly AddedTokenJson[];
  readonly normalizer: ComponentJson | null;
  readonly pre_tokenizer: ComponentJson | null;
  readonly post_processor: ComponentJson | null;
  readonly decoder?: unknown;
  readonly model: ModelJson;
}
