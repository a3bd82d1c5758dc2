"""Writes a BERT folder as a GGUF file with q8_0 weights, for llama.cpp: an embedder's mean, or a reranker's logit."""

import json
from pathlib import Path

import gguf
import numpy as np
from safetensors import safe_open

NAMES = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
ELSEWHERE = {
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
    "pooler.dense": "cls",
    "classifier": "cls.output",
}


def name_of(name: str) -> str:
    stem, part = name.removeprefix("bert.").rsplit(".", 1)
    if stem in ELSEWHERE:
        return f"{ELSEWHERE[stem]}.{part}"
    _, _, layer, inner = stem.split(".", 3)
    return f"blk.{layer}.{NAMES[inner]}.{part}"


def write_bert_gguf(folder: Path, task: str, file: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    if config["model_type"] != "bert":
        raise NotImplementedError("only BERT is written as GGUF")
    tokenizer = json.loads((folder / "tokenizer.json").read_text())
    writer = gguf.GGUFWriter(file, "bert")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN if task == "embed" else gguf.PoolingType.RANK)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    add_vocabulary(writer, config, tokenizer)
    with safe_open(folder / "model.safetensors", "np") as weights:
        for name in weights.keys():
            if task == "embed" and "pooler" in name or name.endswith("position_ids"):
                continue
            values, place = weights.get_tensor(name).astype(np.float32), name_of(name)
            # llama.cpp adds rows of the small tables in float32.
            if values.ndim == 1 or place.startswith(("position", "token_types", "cls")):
                writer.add_tensor(place, values)
                continue
            q8 = gguf.quants.quantize(values, gguf.GGMLQuantizationType.Q8_0)
            writer.add_tensor(place, q8, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_vocabulary(writer: gguf.GGUFWriter, config: dict, tokenizer: dict) -> None:
    """WordPiece as llama.cpp has it: what begins a word has a mark, what goes on has none."""
    vocab = tokenizer["model"]["vocab"]
    special = {added["id"] for added in tokenizer["added_tokens"]}
    tokens = [f"[unused-{i}]" for i in range(config["vocab_size"])]
    types = [gguf.TokenType.UNUSED] * config["vocab_size"]
    for token, place in vocab.items():
        if place in special:
            tokens[place], types[place] = token, gguf.TokenType.CONTROL
        else:
            tokens[place], types[place] = token.removeprefix("##") if token.startswith("##") else f"\u2581{token}", gguf.TokenType.NORMAL
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_type_count(config["type_vocab_size"])
    writer.add_bos_token_id(vocab["[CLS]"])
    writer.add_eos_token_id(vocab["[SEP]"])
    writer.add_unk_token_id(vocab["[UNK]"])
    writer.add_sep_token_id(vocab["[SEP]"])
    writer.add_pad_token_id(vocab["[PAD]"])
    writer.add_mask_token_id(vocab["[MASK]"])
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(True)
    writer.add_add_sep_token(True)
