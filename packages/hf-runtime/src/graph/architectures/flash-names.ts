import type { Rename } from "../weights/weight-store.js";

/** Renames an XLM-RoBERTa's weights from the names in Jina's own code. A weight with adapters is stored as "original". */
export const flashNames: readonly Rename[] = [
  [/\.parametrizations\.weight\.original$/, ".weight"],
  [/emb_ln/, "embeddings.LayerNorm"],
  [/encoder\.layers\./, "layers."],
  [/mixer\.out_proj/, "self_attn.o_proj"],
  [/mixer\.Wqkv/, "self_attn.qkv_proj"],
  [/norm1/, "post_attention_layernorm"],
  [/norm2/, "post_mlp_layernorm"],
];
