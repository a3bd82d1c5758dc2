"""Writes transformers' results for tiny causal models in every configuration that changes them.

    python tools/oracle/decoder_goldens.py    # rewrites packages/hf-runtime/test/goldens/models/decoders.json

Writes { certificate, batches, seed, weights, cases }. weights[key] says how the weights of a model are drawn (seeded_weights.py). A case:
{ name, model, config, patch?, weights, batch, hidden?, logits, tokens, tokenLogits }. config is a config.json as a repository may have it,
and patch the part of it that the first case of the class does not have; hidden is the last hidden state [batch, tokens, hidden], which
means nothing at padding; logits are those of the class ForSequenceClassification [batch, labels], and tokenLogits those of ForCausalLM
after each text's last token, of the ids in `tokens` [batch, ids].
"""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
import transformers
from transformers import CONFIG_MAPPING, AutoModelForCausalLM, AutoModelForSequenceClassification

from golden import write_golden
from model_goldens import GOLDENS, LIBRARIES, tensor_golden
from seeded_weights import recipe, seeded

SEED = 11

PAD, VOCABULARY = 3, 40
SHAPE = {
    "vocab_size": VOCABULARY,
    "hidden_size": 16,
    "intermediate_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 64,
    "pad_token_id": PAD,
    "num_labels": 4,
}
# The second text ends in the padding's id, as texts of Qwen3-Embedding do; a classifier then reads the token before it.
TEXTS = [
    [5, 17, 8, 30, 21, 12, 9, 39, 4, 11, 26, 7, 33, 19],
    [14, 6, 28, 35, 10, 22, 31, PAD],
    [24, 13, 37, 2, 16],
]
# Two words of a judge's answer.
TOKENS = [29, 18]


def recipe_of(name: str, shape: list[int], is_gemma: bool) -> str:
    """As other architectures', but for Gemma's norms, which are stored as their distance from 1."""
    made = recipe(name, shape)
    return f"0{made[1:]}" if is_gemma and "norm" in name else made


def filled(model: torch.nn.Module, is_gemma: bool) -> torch.nn.Module:
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(seeded(name, SEED, recipe_of(name, list(parameter.shape), is_gemma)))
    return model.eval()


def batch_of(side: str) -> dict[str, list[list[int]]]:
    longest = max(len(text) for text in TEXTS)
    padded = {"input_ids": [], "attention_mask": []}
    for text in TEXTS:
        gap = longest - len(text)
        ids, mask, pads, none = list(text), [1] * len(text), [PAD] * gap, [0] * gap
        padded["input_ids"].append(ids + pads if side == "right" else pads + ids)
        padded["attention_mask"].append(mask + none if side == "right" else none + mask)
    return {**padded, "token_type_ids": [[0] * longest for _ in TEXTS]}


# The class's name, then what differs from SHAPE (None removes a key), one case each. The first of a class is cased with both sides of padding.
LLAMA3 = {"rope_type": "llama3", "factor": 4.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0}
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16, "rope_theta": 10000.0}
LONGROPE = {"rope_type": "longrope", "short_factor": [1.0, 1.5, 2.0], "long_factor": [2.0, 3.0, 5.0], "rope_theta": 100.0}
NULL = "null"  # a key whose value is null, where None removes it
CASES: dict[str, list[dict[str, Any]]] = {
    "llama": [
        {"head_dim": 6},
        {"num_key_value_heads": None},
        {"num_key_value_heads": 1, "head_dim": NULL, "attention_bias": True, "mlp_bias": True},
        {"is_causal": False},
        {"hidden_act": "gelu", "rms_norm_eps": 0.1, "num_labels": 3},
        {"tie_word_embeddings": True, "rope_theta": 50.0},
        {"rope_scaling": {"type": "linear", "factor": 3.0}, "rope_theta": 50.0},
        {"rope_parameters": {"rope_type": "dynamic", "factor": 2.0, "rope_theta": 50.0}},
        {"rope_parameters": {**LLAMA3, "original_max_position_embeddings": 16, "rope_theta": 100.0}},
        {"rope_scaling": {**LLAMA3, "original_max_position_embeddings": 32}, "rope_theta": 500.0, "head_dim": 8},
        {"rope_parameters": {**LONGROPE, "original_max_position_embeddings": 4}, "head_dim": 6},
        {"rope_parameters": {**LONGROPE, "original_max_position_embeddings": 32, "factor": 4.0}, "head_dim": 6},
        {"rope_parameters": {"rope_type": "proportional", "rope_theta": 50.0, "partial_rotary_factor": 0.5}, "head_dim": 8},
        {"rope_parameters": {"rope_type": "default", "rope_theta": 50.0}, "partial_rotary_factor": 0.5},
        {"layer_types": ["sliding_attention", "full_attention"], "sliding_window": 3},
        {"is_decoder": True, "pretraining_tp": 2},
    ],
    "mistral": [
        {"sliding_window": 4, "head_dim": 6},
        {"sliding_window": NULL},
        {"sliding_window": None},
        {"sliding_window": 3, "is_causal": False},
        {"sliding_window": 1},
        {"sliding_window": 4, "layer_types": ["full_attention", "sliding_attention"]},
    ],
    "qwen2": [
        {},
        {"use_sliding_window": True, "sliding_window": 4, "max_window_layers": 1},
        {"use_sliding_window": True, "sliding_window": 4, "layer_types": ["sliding_attention", "full_attention"]},
        {"use_sliding_window": True, "sliding_window": 2, "max_window_layers": 0, "is_causal": False},
        {"use_sliding_window": False, "sliding_window": 4, "max_window_layers": 0, "tie_word_embeddings": True},
        {"is_causal": False, "rope_parameters": {**YARN, "beta_fast": 4.0, "beta_slow": 2.0}},
        {"head_dim": 6, "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16}, "rope_theta": 80.0},
    ],
    "qwen3": [
        {"head_dim": 6, "tie_word_embeddings": True},
        {"head_dim": 8, "attention_bias": True},
        {"head_dim": 8, "use_sliding_window": True, "sliding_window": 5, "max_window_layers": 1},
        {"head_dim": 6, "is_causal": False, "rope_theta": 1000000.0},
        {"head_dim": 8, "rope_parameters": {**YARN, "attention_factor": 1.25, "truncate": False}},
        {"head_dim": 8, "rope_parameters": {**YARN, "mscale": 0.7, "mscale_all_dim": 0.3, "rope_theta": 30.0}},
        {"head_dim": 8, "hidden_act": "relu", "rms_norm_eps": 0.05, "num_labels": 2},
    ],
    "gemma": [
        {"head_dim": 6},
        {"head_dim": 6, "hidden_act": "gelu", "num_key_value_heads": 1},
        {"head_dim": 4, "hidden_act": "silu", "attention_bias": True},
        {"head_dim": 6, "is_causal": False, "tie_word_embeddings": False},
    ],
    "gemma2": [
        {"head_dim": 6, "query_pre_attn_scalar": 10, "sliding_window": 4, "attn_logit_softcapping": 2.0, "final_logit_softcapping": 3.0},
        {"head_dim": 6, "attn_logit_softcapping": NULL, "final_logit_softcapping": NULL},
        {"head_dim": 6, "layer_types": ["full_attention", "full_attention"], "query_pre_attn_scalar": 24},
        {"head_dim": 6, "sliding_window": 3, "is_causal": False, "hidden_activation": "gelu"},
        {"head_dim": 6, "use_bidirectional_attention": True, "attention_bias": True, "hidden_act": "relu"},
    ],
    "gemma3_text": [
        {"head_dim": 6, "query_pre_attn_scalar": 10, "sliding_window": 4, "sliding_window_pattern": 2},
        {"head_dim": 6, "sliding_window": 8, "use_bidirectional_attention": True, "layer_types": ["sliding_attention", "full_attention"]},
        {"head_dim": 6, "sliding_window": 5, "use_bidirectional_attention": True},
        {"head_dim": 6, "sliding_window": 3, "is_causal": False, "num_hidden_layers": 3, "sliding_window_pattern": 3},
        {"head_dim": 6, "sliding_window": 6, "is_causal": False, "use_bidirectional_attention": True},
        {"head_dim": 6, "sliding_window": 4, "rope_theta": 500.0, "rope_local_base_freq": 20.0, "sliding_window_pattern": 2,
         "rope_scaling": {"rope_type": "linear", "factor": 8.0}},
        {"head_dim": 6, "sliding_window": 4, "sliding_window_pattern": 2, "attn_logit_softcapping": 1.0, "final_logit_softcapping": 2.0,
         "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 2.0, "rope_theta": 90.0},
                             "sliding_attention": {"rope_type": "default", "rope_theta": 30.0}}},
        {"head_dim": 6, "sliding_window": 4, "rope_scaling": {"type": "linear", "factor": 8.0}, "sliding_window_pattern": 2},
    ],
    "modernbert-decoder": [
        {"local_attention": 8, "global_attn_every_n_layers": 2},
        {"local_attention": 6, "attention_bias": True, "mlp_bias": True, "norm_bias": True, "classifier_bias": True, "num_labels": 2},
        {"local_attention": 7, "layer_types": ["sliding_attention", "full_attention"], "global_rope_theta": 200.0, "local_rope_theta": 30.0},
        {"local_attention": 4, "classifier_activation": "silu", "hidden_activation": "relu", "decoder_bias": False, "norm_eps": 0.05},
        {"local_attention": 8, "rope_parameters": {"full_attention": dict(YARN), "sliding_attention": {"rope_type": "linear", "factor": 2.0}}},
        {"local_attention": 4, "is_causal": False, "tie_word_embeddings": False},
    ],
}


def config_json(kind: str, patch: dict[str, Any]) -> dict[str, Any]:
    config = {key: value for key, value in {**SHAPE, **patch}.items() if value is not None}
    return {"model_type": kind, **{key: None if value == NULL else value for key, value in config.items()}}


def case_of(kind: str, patch: dict[str, Any], side: str) -> dict[str, Any]:
    config = config_json(kind, patch)
    loaded = CONFIG_MAPPING[kind].from_dict({k: v for k, v in copy.deepcopy(config).items() if k != "model_type"})
    is_gemma = kind.startswith("gemma")
    classifier = filled(AutoModelForSequenceClassification.from_config(loaded), is_gemma)
    language = filled(AutoModelForCausalLM.from_config(loaded), is_gemma)
    batch = {key: torch.tensor(rows) for key, rows in batch_of(side).items() if key != "token_type_ids"}
    with torch.no_grad():
        hidden = classifier.model(**batch).last_hidden_state
        logits = classifier(**batch).logits
        of_all = language(**batch).logits
    last = [max(i for i, on in enumerate(mask) if on) for mask in batch["attention_mask"].tolist()]
    token_logits = torch.stack([of_all[row, place, TOKENS] for row, place in enumerate(last)])
    # Weights that are the same ones under another name are stored once, as save_pretrained stores them.
    names = {
        name: recipe_of(name, list(value.shape), is_gemma)
        for model in (classifier, language)
        for name, value in model.named_parameters()
    }
    described = "" if patch == CASES[kind][0] else f" with {json.dumps(patch, sort_keys=True)}"
    return {
        "name": f"{kind}{described}, padded {side}",
        "model": f"{kind}-{CASES[kind].index(patch)}",
        "config": config,
        **({"patch": {key: config[key] for key in patch if key in config}} if described else {}),
        "weights": names,
        "batch": f"decoders/{side}",
        **({} if described else {"hidden": tensor_golden(hidden)}),
        "logits": tensor_golden(logits),
        "tokens": TOKENS,
        "tokenLogits": tensor_golden(token_logits),
    }


def main() -> None:
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    cases = []
    for kind, patches in CASES.items():
        for i, patch in enumerate(patches):
            sides = ["right", "left"] if i == 0 else [("right", "left")[i % 2]]
            cases += [case_of(kind, patch, side) for side in sides]
    weights: dict[str, dict[str, str]] = {}
    for case in cases:
        # Many configurations share their weights.
        key = next((key for key, known in weights.items() if known == case["weights"]), case["model"])
        weights[key] = case["weights"]
        case["weights"] = key
    batches = {f"decoders/{side}": batch_of(side) for side in ("right", "left")}
    path = write_golden(f"{GOLDENS}/decoders.json", Path(__file__).name, LIBRARIES, cases, batches=batches, seed=SEED, weights=weights)
    print(f"{len(cases)} cases, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
