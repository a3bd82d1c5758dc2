"""Writes a Qwen3 folder as a GGUF file with q8_0 weights, for llama.cpp. Needs gguf, numpy and safetensors with torch.

    python write-gguf.py FOLDER FILE
"""

import json
import sys
from pathlib import Path

import gguf
import torch
from safetensors import safe_open

folder, file = Path(sys.argv[1]), sys.argv[2]
config = json.loads((folder / "config.json").read_text())
tokenizer = json.loads((folder / "tokenizer.json").read_text())

writer = gguf.GGUFWriter(file, "qwen3")
writer.add_context_length(config["max_position_embeddings"])
writer.add_embedding_length(config["hidden_size"])
writer.add_block_count(config["num_hidden_layers"])
writer.add_feed_forward_length(config["intermediate_size"])
writer.add_head_count(config["num_attention_heads"])
writer.add_head_count_kv(config["num_key_value_heads"])
writer.add_key_length(config["head_dim"])
writer.add_value_length(config["head_dim"])
writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
writer.add_rope_freq_base(config["rope_theta"])
writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)

tokens = [""] * config["vocab_size"]
types = [gguf.TokenType.NORMAL] * config["vocab_size"]
for token, place in tokenizer["model"]["vocab"].items():
    tokens[place] = token
for added in tokenizer["added_tokens"]:
    tokens[added["id"]] = added["content"]
    types[added["id"]] = gguf.TokenType.CONTROL
writer.add_tokenizer_model("gpt2")
writer.add_tokenizer_pre("qwen2")
writer.add_token_list(tokens)
writer.add_token_types(types)
writer.add_token_merges([" ".join(pair) for pair in tokenizer["model"]["merges"]])
writer.add_eos_token_id(config["eos_token_id"])
writer.add_bos_token_id(config["bos_token_id"])
writer.add_add_bos_token(False)

NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def name_of(name: str) -> str:
    name = name.removeprefix("model.").removesuffix(".weight")
    if name == "embed_tokens":
        return "token_embd.weight"
    if name == "norm":
        return "output_norm.weight"
    _, layer, part = name.split(".", 2)
    return f"blk.{layer}.{NAMES[part]}.weight"


with safe_open(folder / "model.safetensors", "pt") as weights:
    for name in weights.keys():
        values = weights.get_tensor(name).to(torch.float32).numpy()
        if values.ndim == 1:
            writer.add_tensor(name_of(name), values)
            continue
        q8 = gguf.quants.quantize(values, gguf.GGMLQuantizationType.Q8_0)
        writer.add_tensor(name_of(name), q8, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
