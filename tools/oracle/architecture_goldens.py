"""Writes transformers' results for a tiny model of one architecture: hidden states and logits.

    python tools/oracle/architecture_goldens.py [NAME ...]   # rewrites packages/hf-runtime/test/goldens/models/architectures/NAME.json; all by default

A golden holds no weights: { certificate, config, seed, tensors, batches, cases }. `tensors` says how each is drawn (seeded_weights.py), by the
names that save_pretrained gives them. Batches are as in graph.json (model_goldens.py), of random ids. A case: { name, model, patch?, batch,
hidden?, logits?, prefix? }; patch is merged into config.json.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy
import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModel, AutoModelForSequenceClassification, MT5EncoderModel, T5EncoderModel
from transformers.models.t5.modeling_t5 import T5Attention

from golden import write_golden
from model_goldens import FLOAT32, GOLDENS, LIBRARIES, tensor_golden
from seeded_weights import recipe, seeded
from tiny_variants import merge_patch

FOLDER = f"{GOLDENS}/architectures"
VOCABULARY = 90
LENGTHS = (16, 11, 6, 3)
SHAPE = {
    "vocab_size": VOCABULARY,
    "hidden_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 40,
    "max_position_embeddings": 64,
    "pad_token_id": 0,
}
ONE_LABEL = {"num_labels": 1}

T5_SHAPE = {
    "d_model": 24,
    "d_kv": 8,
    "d_ff": 40,
    "num_layers": 2,
    "num_heads": 4,
    "relative_attention_num_buckets": 8,
    "relative_attention_max_distance": 12,
}


def buckets() -> list[dict[str, Any]]:
    """Of T5's relative positions, for offsets (query minus key) -reach … reach."""
    made = []
    for count, farthest, reach in ((32, 128, 140), (8, 12, 20), (64, 100, 120)):
        offsets = -torch.arange(-reach, reach + 1)
        values = T5Attention._relative_position_bucket(offsets, True, count, farthest).tolist()
        made.append({"buckets": count, "maxDistance": farthest, "reach": reach, "values": values})
    return made


# name: model type, configuration beside SHAPE, and patches of it that are tried over the same weights.
ARCHITECTURES: dict[str, dict[str, Any]] = {
    "deberta": {
        "config": {
            "relative_attention": True,
            "pos_att_type": ["c2p", "p2c"],
            "position_biased_input": True,
            "type_vocab_size": 2,
            "max_relative_positions": 7,
            "embedding_size": 12,
            "pooler_hidden_act": "tanh",
            "num_labels": 3,
        },
        "patches": [
            {"pos_att_type": "p2c"},
            {"pos_att_type": "C2P | other"},
            {"pos_att_type": []},
            {"relative_attention": False},
            {"position_biased_input": False, "norm_rel_ebd": "layer_norm"},
            {"num_attention_heads": 3, "hidden_act": "silu", "layer_norm_eps": 0.01},
        ],
    },
    "ernie": {
        "config": {"use_task_id": True, "task_type_vocab_size": 3, **ONE_LABEL},
        "patches": [{"use_task_id": False}, {"hidden_act": "relu", "layer_norm_eps": 0.1}, {"num_attention_heads": 2}],
    },
    "modernbert-scaled": {
        "model_type": "modernbert",
        "sides": ("right",),
        "config": {"local_attention": 6, "layer_types": ["full_attention", "sliding_attention"], "num_labels": 2,
                   "rope_parameters": {"full_attention": {"rope_type": "default", "rope_theta": 300.0}, "sliding_attention": {"rope_type": "default", "rope_theta": 30.0}}},
        "patches": [
            {"sliding_window": 1},
            {"rope_scaling": {"rope_type": "linear", "factor": 3.0}},
            {"rope_parameters": None, "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 16},
             "global_rope_theta": 100.0},
            {"rope_parameters": {"full_attention": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16, "rope_theta": 300.0},
                                 "sliding_attention": {"rope_type": "default", "rope_theta": 30.0}}},
        ],
    },
    # The window that counts is `sliding_window`, where there are both.
    "modernbert-decoder-windows": {
        "model_type": "modernbert-decoder",
        "config": {"local_attention": 8, "layer_types": ["full_attention", "sliding_attention"], "num_labels": 2, "bos_token_id": 1, "eos_token_id": 2},
        "patches": [{"sliding_window": 2}, {"sliding_window": 3, "local_attention": 12}],
    },
    "eurobert": {
        "config": {"num_key_value_heads": 2, "head_dim": 6, "rms_norm_eps": 1e-5, "num_labels": 2},
        "patches": [
            {"classifier_pooling": "bos"},
            {"classifier_pooling": "mean"},
            {"rope_parameters": {"rope_type": "llama3", "rope_theta": 100.0, "factor": 8.0, "low_freq_factor": 1.0,
                                 "high_freq_factor": 4.0, "original_max_position_embeddings": 16}},
            {"hidden_act": "gelu", "rms_norm_eps": 0.1},
        ],
    },
    "eurobert-biased": {
        "model_type": "eurobert",
        "config": {"attention_bias": True, "mlp_bias": True, **ONE_LABEL},
        "patches": [{"attention_bias": False, "mlp_bias": False}, {"num_attention_heads": 2, "num_key_value_heads": 2, "head_dim": 12}],
    },
    "t5": {
        "classes": [T5EncoderModel],
        "config": {**T5_SHAPE, "feed_forward_proj": "relu"},
        "patches": [{"layer_norm_epsilon": 0.1, "relative_attention_max_distance": 6}, {"feed_forward_proj": "silu", "dense_act_fn": "silu"}],
        "facts": lambda: {"buckets": buckets()},
    },
    "mt5": {
        "classes": [MT5EncoderModel],
        "config": {**T5_SHAPE, "feed_forward_proj": "gated-gelu", "num_heads": 3},
        "patches": [{"feed_forward_proj": "gated-relu", "dense_act_fn": "relu"}, {"dense_act_fn": "silu"}],
    },
    "gte": {
        "config": {"type_vocab_size": 1, **ONE_LABEL},
        "patches": [
            {"rope_parameters": {"rope_type": "default", "rope_theta": 30.0}},
            {"rope_parameters": {"rope_type": "linear", "rope_theta": 300.0, "factor": 3.0}},
            {"rope_parameters": None, "rope_theta": 200.0},
            {"type_vocab_size": 0, "hidden_act": "silu", "layer_norm_eps": 0.1, "num_attention_heads": 2},
        ],
    },
    "ministral3": {
        "config": {
            "num_key_value_heads": 2, "head_dim": 6, "num_labels": 2,
            "rope_parameters": {"rope_type": "yarn", "rope_theta": 300.0, "factor": 4.0, "original_max_position_embeddings": 6, "beta_fast": 32.0,
                                "beta_slow": 1.0, "mscale": 1.0, "mscale_all_dim": 1.0, "llama_4_scaling_beta": 0.4},
        },
        "patches": [{"is_causal": False}, {"sliding_window": 5}, {"rms_norm_eps": 0.1, "hidden_act": "gelu"}],
    },
    # The text halves of models that read images, too.
    "qwen3_vl_text": {
        "classes": [transformers.Qwen3VLTextModel],
        "config": {"num_key_value_heads": 2, "head_dim": 8,
                   "rope_parameters": {"rope_type": "default", "rope_theta": 500.0, "mrope_section": [2, 1, 1], "mrope_interleaved": True}},
        "patches": [{"rope_parameters": {"mrope_section": [1, 2, 1], "rope_theta": 50.0}}, {"hidden_act": "gelu", "rms_norm_eps": 0.1}],
    },
    "qwen2_vl_text": {
        "classes": [transformers.Qwen2VLTextModel],
        "config": {"num_key_value_heads": 2, "bos_token_id": 1, "eos_token_id": 2,
                   "rope_parameters": {"rope_type": "default", "rope_theta": 500.0, "mrope_section": [1, 1, 1]}},
        "patches": [{"rms_norm_eps": 0.1, "hidden_act": "gelu"}],
    },
    "qwen2_5_vl_text": {
        "classes": [transformers.Qwen2_5_VLTextModel],
        "config": {"num_key_value_heads": 2, "bos_token_id": 1, "eos_token_id": 2,
                   "rope_parameters": {"rope_type": "default", "rope_theta": 500.0, "mrope_section": [1, 1, 1]}},
        "patches": [{"rms_norm_eps": 0.1}],
    },
    "nomic_bert": {
        "config": {**ONE_LABEL},
        "patches": [
            {"rope_parameters": {"rope_type": "default", "rope_theta": 30.0}},
            {"hidden_act": "gelu", "layer_norm_eps": 0.1, "num_attention_heads": 2, "head_dim": None},
        ],
    },
    "jina_embeddings_v3": {
        "config": {"num_labels": 2},
        "patches": [
            {"rope_parameters": {"rope_type": "yarn", "rope_theta": 300.0, "factor": 4.0, "original_max_position_embeddings": 16}},
            {"hidden_act": "gelu_new", "layer_norm_eps": 0.1, "num_attention_heads": 2},
        ],
    },
}


def batch_of(config: dict[str, Any], side: str) -> dict[str, list[list[int]]]:
    generator = numpy.random.Generator(numpy.random.PCG64(7))
    width = max(LENGTHS)
    rows: dict[str, list[list[int]]] = {"input_ids": [], "attention_mask": [], "token_type_ids": []}
    for length in LENGTHS:
        ids = generator.integers(5, VOCABULARY, length).tolist()
        types = [int(i > length // 2) if (config.get("type_vocab_size") or 0) > 1 else 0 for i in range(length)]
        padding = [0] * (width - length)
        for name, values, pad in (
            ("input_ids", ids, [config.get("pad_token_id") or 0] * len(padding)),
            ("attention_mask", [1] * length, padding),
            ("token_type_ids", types, padding),
        ):
            rows[name].append(pad + values if side == "left" else values + pad)
    return rows


def write_model(folder: Path, config: dict[str, Any], tensors: dict[str, str], seed: int) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    save_file({name: seeded(name, seed, made) for name, made in tensors.items()}, folder / "model.safetensors", {"format": "pt"})


def loaded(auto: type, folder: Path) -> torch.nn.Module:
    model, info = auto.from_pretrained(folder, output_loading_info=True, **FLOAT32)
    # What a patch takes away from the model is left in the file, and so unexpected.
    missing = [key for key in info["missing_keys"] if "pooler" not in key or auto is not AutoModel]
    if missing or info["mismatched_keys"]:
        raise ValueError(f"transformers made up {missing or info['mismatched_keys']}")
    return model.eval()


def forward(model: torch.nn.Module, batch: dict[str, list[list[int]]]) -> Any:
    inputs = {name: torch.tensor(rows) for name, rows in batch.items()}
    if (getattr(model.config, "type_vocab_size", 0) or 0) < 2:
        del inputs["token_type_ids"]
    with torch.no_grad():
        return model(**inputs)


def write_architecture_golden(name: str, scratch: Path) -> None:
    made = ARCHITECTURES[name]
    seed = sum(name.encode())
    kind = made.get("model_type", name)
    heads = made.get("classes", [AutoModel, AutoModelForSequenceClassification])
    source = scratch / "source"
    configured = AutoConfig.for_model(kind, **{**SHAPE, **made["config"]})
    (getattr(heads[-1], "from_config", None) or heads[-1])(configured).save_pretrained(source)
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    config = {key: value for key, value in config.items() if key not in ("transformers_version", "dtype")}
    tensors = {key: recipe(key, list(value.shape)) for key, value in sorted(load_file(source / "model.safetensors").items())}
    batches = {f"{name}/{side}": batch_of(config, side) for side in ("right", "left")}
    cases = []
    for i, patch in enumerate([None, *made.get("patches", [])]):
        folder = scratch / f"{name}-{i}"
        write_model(folder, merge_patch(config, patch) if patch else config, tensors, seed)
        described = f"{name} with {json.dumps(patch, sort_keys=True)}" if patch else name
        for side in made.get("sides", ("right", "left")) if patch is None else ("right",):
            batch = f"{name}/{side}"
            case: dict[str, Any] = {"name": f"{described}, padded {side}", "model": name, "batch": batch}
            if patch:
                case["patch"] = patch
            elif side == "right":
                case["hidden"] = tensor_golden(forward(loaded(heads[0], folder), batches[batch]).last_hidden_state)
            if len(heads) > 1:
                case["logits"] = tensor_golden(forward(loaded(heads[1], folder), batches[batch]).logits)
            elif "hidden" not in case:
                case["hidden"] = tensor_golden(forward(loaded(heads[0], folder), batches[batch]).last_hidden_state)
            cases.append(case)
    write_golden(f"{FOLDER}/{name}.json", Path(__file__).name, LIBRARIES, cases, config=config, seed=seed, tensors=tensors, batches=batches, **made.get("facts", dict)())


if __name__ == "__main__":
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    for name in sys.argv[1:] or sorted(ARCHITECTURES):
        with tempfile.TemporaryDirectory() as temporary:
            write_architecture_golden(name, Path(temporary))
