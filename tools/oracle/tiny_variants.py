"""Configurations applied to the tiny models, so that a pooling, activation or padding needs no separate weights.

A variant is the folder `base` with, in this order, the files in `remove` removed, those in `patch` merged into the files that
exist (RFC 7386: objects merge, null deletes, anything else replaces; a missing file counts as {}), and those in
`base64` written. JSON arrays such as modules.json are replaced whole.
"""

from __future__ import annotations

import base64
import copy
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save

POOLING = ["cls_token", "max_tokens", "mean_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken"]
ST_FILES = ["modules.json", "sentence_bert_config.json", "config_sentence_transformers.json", "1_Pooling/config.json"]


def modules(*steps: tuple[str, str], package: str = "sentence_transformers.models") -> list[dict[str, Any]]:
    entries = [("", "Transformer"), *steps]
    return [
        {"idx": i, "name": str(i), "path": path, "type": f"{package}.{kind}"} for i, (path, kind) in enumerate(entries)
    ]


POOL, NORMALIZE = ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")


def pooling(*modes: str, **more: Any) -> dict[str, Any]:
    """The six switches of files written before sentence-transformers 5.5."""
    return {"word_embedding_dimension": 32, **{f"pooling_mode_{m}": m in modes for m in POOLING}, **more}


def encoder(name: str, patch: dict[str, Any], *, base: str = "bert-encoder", **more: Any) -> dict[str, Any]:
    return {"name": name, "base": base, "patch": patch, **more}


def pooled(name: str, *modes: str, **more: Any) -> dict[str, Any]:
    """One way of pooling, not normalised, so that lengths of vectors are compared too."""
    return encoder(name, {"modules.json": modules(POOL), "1_Pooling/config.json": pooling(*modes)}, **more)


def dense_weights(seed: int, shape: tuple[int, int], *, bias: bool, residual: bool = False) -> str:
    generator = torch.Generator().manual_seed(seed)
    tensors = {"linear.weight": torch.randn(shape, generator=generator) / shape[1] ** 0.5}
    if bias:
        tensors["linear.bias"] = 0.2 * torch.randn(shape[0], generator=generator)
    if residual:
        tensors["residual.weight"] = torch.randn(shape, generator=generator) / shape[1] ** 0.5
    return base64.b64encode(save(tensors)).decode("ascii")


def dense(name: str, out: int, activation: str | None, *, bias: bool, seed: int, **config: Any) -> dict[str, Any]:
    described = {"in_features": 32, "out_features": out, "bias": bias, **config}
    if activation:
        described["activation_function"] = activation
    patch = {
        "modules.json": modules(POOL, ("2_Dense", "Dense"), ("3_Normalize", "Normalize")),
        "2_Dense/config.json": described,
    }
    own = config.get("use_residual", False) and out != 32
    data = dense_weights(seed, (out, 32), bias=bias, residual=own)
    return encoder(name, patch, base64={"2_Dense/model.safetensors": data})


def layer_norm() -> dict[str, Any]:
    generator = torch.Generator().manual_seed(25)
    tensors = {"norm.weight": 1 + 0.3 * torch.randn(32, generator=generator), "norm.bias": torch.randn(32, generator=generator)}
    patch = {"modules.json": modules(POOL, ("2_LayerNorm", "LayerNorm")), "2_LayerNorm/config.json": {"dimension": 32}}
    data = base64.b64encode(save(tensors)).decode("ascii")
    return encoder("layer-norm", patch, base64={"2_LayerNorm/model.safetensors": data})


def cross_encoder_files(**config: Any) -> dict[str, Any]:
    """As sentence-transformers 5.4 and later save a cross-encoder. Without modules.json it does not look into the others."""
    return {
        "config_sentence_transformers.json": {"model_type": "CrossEncoder", "prompts": {}, **config},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"}
        ],
        "sentence_bert_config.json": {
            "transformer_task": "sequence-classification",
            "modality_config": {"text": {"method": "forward", "method_output_name": "logits"}},
            "module_output_name": "scores",
        },
    }


PROMPTS = {"prompts": {"find": "find: ", "none": ""}, "default_prompt_name": "find"}

IDENTITY, SIGMOID, TANH = (
    "torch.nn.modules.linear.Identity",
    "torch.nn.modules.activation.Sigmoid",
    "torch.nn.modules.activation.Tanh",
)
NO_ACTIVATION = {"sbert_ce_default_activation_function": None}
LEFT = {"padding_side": "left"}
# sentence-transformers does not look for them without a modules.json, or beside one of another kind of model.
LIMITS = {"max_seq_length": 8, "do_lower_case": True}

ENCODERS = [
    pooled("pool-cls", "cls_token"),
    pooled("pool-max", "max_tokens"),
    pooled("pool-mean", "mean_tokens"),
    pooled("pool-mean-sqrt-len", "mean_sqrt_len_tokens"),
    pooled("pool-weightedmean", "weightedmean_tokens"),
    pooled("pool-lasttoken", "lasttoken"),
    pooled("pool-several", "cls_token", "max_tokens", "mean_tokens"),
    encoder(
        "pool-by-name",
        {
            "modules.json": [
                {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"},
                {
                    "idx": 1,
                    "name": "1",
                    "path": "1_Pooling",
                    "type": "sentence_transformers.sentence_transformer.modules.pooling.Pooling",
                },
            ],
            "1_Pooling/config.json": {"embedding_dimension": 32, "pooling_mode": ["lasttoken", "mean"]},
        },
        remove=["1_Pooling/config.json"],
    ),
    encoder("no-modules", {}, remove=ST_FILES),
    encoder("limits-unread", {"sentence_bert_config.json": LIMITS}, remove=["modules.json"]),
    layer_norm(),
    dense("dense-tanh", 16, None, bias=True, seed=21),
    dense("dense-identity", 24, IDENTITY, bias=False, seed=22),
    dense("dense-residual", 32, TANH, bias=True, seed=23, use_residual=True),
    dense("dense-residual-projected", 16, TANH, bias=True, seed=24, use_residual=True),
    encoder(
        "prompts",
        {
            "config_sentence_transformers.json": {
                "prompts": {"query": "what: ", "document": "text: "},
                "default_prompt_name": "query",
            }
        },
    ),
    encoder(
        "prompts-not-pooled",
        {
            "config_sentence_transformers.json": {"prompts": {"query": "what: "}, "default_prompt_name": None},
            "1_Pooling/config.json": {"include_prompt": False},
        },
    ),
    encoder(
        "files-of-a-cross-encoder",
        {**cross_encoder_files(**PROMPTS), "sentence_bert_config.json": LIMITS},
    ),
    encoder("truncate-dim", {"config_sentence_transformers.json": {"truncate_dim": 12}}),
    encoder("short", {"sentence_bert_config.json": {"max_seq_length": 8}}),
    encoder("lower-case", {"sentence_bert_config.json": {"do_lower_case": True}}),
    encoder(
        "baked-truncation",
        {
            "tokenizer.json": {
                "truncation": {"direction": "Right", "max_length": 6, "strategy": "LongestFirst", "stride": 0},
                "padding": {
                    "strategy": {"Fixed": 16},
                    "direction": "Right",
                    "pad_to_multiple_of": None,
                    "pad_id": 0,
                    "pad_type_id": 0,
                    "pad_token": "[PAD]",
                },
            }
        },
    ),
    *[
        encoder(
            f"left-{mode}",
            {
                "modules.json": modules(POOL),
                "1_Pooling/config.json": pooling(mode),
                "tokenizer_config.json": LEFT,
            },
        )
        for mode in ("cls_token", "mean_tokens", "weightedmean_tokens", "lasttoken")
    ],
    encoder(
        "roberta-encoder",
        {
            "modules.json": modules(POOL, NORMALIZE),
            "1_Pooling/config.json": pooling("cls_token"),
            "sentence_bert_config.json": {"max_seq_length": 32, "do_lower_case": False},
        },
        base="xlm-roberta",
    ),
]

CROSS_ENCODERS = [
    encoder(
        "activation-in-config",
        {"config.json": {**NO_ACTIVATION, "sentence_transformers": {"activation_fn": TANH, "version": "4.1.0"}}},
        base="bert-cross-encoder",
    ),
    encoder(
        "activation-in-sentence-transformers-config",
        {
            "config.json": NO_ACTIVATION,
            **cross_encoder_files(activation_fn=TANH),
        },
        base="bert-cross-encoder",
    ),
    encoder("cross-encoder-prompts", cross_encoder_files(**PROMPTS), base="bert-cross-encoder"),
    encoder("cross-encoder-limits-unread", {"sentence_bert_config.json": LIMITS}, base="bert-cross-encoder"),
    encoder("activation-absent", {"config.json": NO_ACTIVATION}, base="bert-cross-encoder"),
    encoder(
        "activation-sigmoid",
        {"config.json": {"sbert_ce_default_activation_function": SIGMOID}},
        base="bert-cross-encoder",
    ),
    encoder("cross-encoder-left", {"tokenizer_config.json": LEFT}, base="bert-cross-encoder"),
    encoder("cross-encoder-short", {"tokenizer_config.json": {"model_max_length": 16}}, base="bert-cross-encoder"),
]

VARIANTS = ENCODERS + CROSS_ENCODERS


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7386, as test/fixtures' reader does it in TypeScript."""
    if not isinstance(patch, dict):
        return copy.deepcopy(patch)
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


def write_variant(variant: dict[str, Any], models: Path, folder: Path) -> Path:
    """Writes the variant as a separate folder."""
    shutil.copytree(models / variant["base"], folder)
    for path in variant.get("remove", []):
        (folder / path).unlink()
    for path, patch in variant.get("patch", {}).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        file.write_text(json.dumps(merge_patch(before, patch), ensure_ascii=False, indent=1), encoding="utf-8")
    for path, data in variant.get("base64", {}).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(data))
    return folder
