"""Writes sentence-transformers' results for models whose modules or transformer have unusual settings.

    python tools/oracle/module_lists.py     # rewrites packages/hf-runtime/test/goldens/models/module-lists.json

Writes { certificate, variants, encoders, cases }. variants are tiny models with other files, as in tiny_variants.py; encoders and cases (of
rerankers) have the forms that encoders.json and cross-encoders.json have. Options of encoders may have a `task`: "query" is encode_query,
"document" is encode_document.
"""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from typing import Any

import numpy
import torch
from safetensors.numpy import save
from sentence_transformers import CrossEncoder, SentenceTransformer

from golden import write_golden
from model_goldens import FLOAT32, GOLDENS, LIBRARIES, packed
from model_goldens import PAIRS as ALL_PAIRS
from model_goldens import TEXTS as ALL_TEXTS
from tiny_models import MODELS
from tiny_variants import write_variant

SIZE = 32
# The long ones among them, and not many.
PAIRS = ALL_PAIRS[:5]
TEXTS = [ALL_TEXTS[0], *ALL_TEXTS[3:5]]
ROOT = "sentence_transformers"
TYPES = {
    "Transformer": f"{ROOT}.base.modules.transformer.Transformer",
    "Dense": f"{ROOT}.base.modules.dense.Dense",
    "Normalize": f"{ROOT}.base.modules.normalize.Normalize",
    "Pooling": f"{ROOT}.sentence_transformer.modules.pooling.Pooling",
    "LayerNorm": f"{ROOT}.sentence_transformer.modules.layer_norm.LayerNorm",
}
ACTIVATION = "torch.nn.modules.activation."
SETTINGS = "sentence_bert_config.json"


def weights(seed: int, **shapes: tuple[int, ...]) -> str:
    """Random weights as a safetensors file in base64; those of norms are around one."""
    generator = numpy.random.default_rng(seed)
    tensors = {}
    for name, shape in shapes.items():
        noise = generator.standard_normal(shape)
        noise = noise * 1.4 / shape[-1] ** 0.5 if len(shape) == 2 else 0.2 * noise + ("norm" in name and "weight" in name)
        tensors[name.replace("__", ".")] = noise.astype(numpy.float32)
    return base64.b64encode(save(tensors)).decode("ascii")


def dense(seed: int, inputs: int, outputs: int, activation: str | None = None, bias: bool = True, **config: Any) -> tuple:
    shapes = {"linear__weight": (outputs, inputs), **({"linear__bias": (outputs,)} if bias else {})}
    if config.get("use_residual") and inputs != outputs:
        shapes["residual__weight"] = (outputs, inputs)
    config = {"in_features": inputs, "out_features": outputs, "bias": bias, **config}
    if activation is not None:
        config["activation_function"] = activation
    return "Dense", config, weights(seed, **shapes)


def pooling(mode: str | list[str], **config: Any) -> tuple:
    return "Pooling", {"embedding_dimension": SIZE, "pooling_mode": mode, **config}, None


def normalize(**config: Any) -> tuple:
    return "Normalize", config, None


def layer_norm(seed: int, size: int = SIZE) -> tuple:
    return "LayerNorm", {"dimension": size}, weights(seed, norm__weight=(size,), norm__bias=(size,))


def variant(name: str, base: str, modules: list[tuple], kind: str, files: dict[str, Any], settings: dict[str, Any]) -> dict:
    """A tiny model that lists its transformer and `modules`."""
    listed = [("Transformer", {}, None), *modules]
    patch: dict[str, Any] = {
        "modules.json": [
            {"idx": i, "name": str(i), "path": f"{i}_{type}" if i else "", "type": TYPES[type]}
            for i, (type, _, _) in enumerate(listed)
        ],
        "config_sentence_transformers.json": {"model_type": kind},
        SETTINGS: settings,
        **files,
    }
    blobs = {}
    for i, (type, config, data) in enumerate(listed):
        if i and config:
            patch[f"{i}_{type}/config.json"] = config
        if data:
            blobs[f"{i}_{type}/model.safetensors"] = data
    return {"name": name, "base": base, "patch": patch, "base64": blobs}


def encoder(name: str, modules: list[tuple], base: str = "bert-encoder", files: dict | None = None, **settings: Any) -> dict:
    return variant(name, base, modules, "SentenceTransformer", files or {}, settings)


def reranker(name: str, modules: list[tuple], base: str = "modernbert", own: dict | None = None, **settings: Any) -> dict:
    """Of scores made outside the transformer, unless settings say otherwise."""
    files = {"config_sentence_transformers.json": {"model_type": "CrossEncoder", **(own or {})}}
    return variant(name, base, modules, "CrossEncoder", files, {"transformer_task": "feature-extraction", **settings})


def taken(name: str, *path: str | int) -> dict[str, Any]:
    """Settings of a transformer that gives another of its results, under a name."""
    params = {"method": "forward", "method_output_name": path[0] if len(path) == 1 else list(path)}
    return {"modality_config": {"text": params}, "module_output_name": name}


IDENTITY = "torch.nn.modules.linear.Identity"
GELU, RELU, SELU = ACTIVATION + "GELU", ACTIVATION + "ReLU", ACTIVATION + "SELU"

RERANKERS = [
    reranker(
        "reranker-of-modules",
        [pooling("cls"), dense(1, 32, 32, GELU, bias=False), layer_norm(2), dense(3, 32, 1, IDENTITY, module_output_name="scores")],
        own={"activation_fn": IDENTITY},
    ),
    reranker(
        "reranker-of-modules-several-labels",
        [pooling(["mean", "max"]), dense(4, 64, 3, SELU, module_output_name="scores")],
        own={"prompts": {"find": "Find: ", "none": ""}, "default_prompt_name": "find"},
    ),
    reranker(
        "reranker-of-modules-over-tokens",
        [dense(5, 32, 16, RELU, module_input_name="token_embeddings"), normalize(module_input_name="token_embeddings"),
         pooling("mean"), dense(6, 16, 1, module_output_name="scores")],
    ),
    reranker(
        "reranker-of-modules-side-by-side",
        [pooling("lasttoken"), dense(7, 32, 8, SELU, module_output_name="a"), dense(8, 32, 1, RELU, module_output_name="b"),
         normalize(module_input_name="a"), dense(9, 8, 1, IDENTITY, module_input_name="a", module_output_name="scores"),
         dense(10, 1, 4, module_input_name="b")],
    ),
    reranker(
        "reranker-of-modules-that-leaves-prompts-out",
        [pooling("mean", include_prompt=False), layer_norm(11), dense(12, 32, 1, GELU, module_output_name="scores", use_residual=True)],
        own={"prompts": {"find": "Find an answer "}, "default_prompt_name": "find"},
    ),
    reranker(
        "reranker-of-a-pooled-output",
        [dense(13, 32, 1, IDENTITY, module_output_name="scores")],
        base="bert-encoder",
        **taken("sentence_embedding", "pooler_output"),
    ),
    reranker("reranker-of-its-own-head", [], base="bert-cross-encoder", transformer_task="sequence-classification"),
    reranker(
        "reranker-of-its-own-head-cut",
        [],
        base="bert-cross-encoder",
        transformer_task="sequence-classification",
        config_kwargs={"num_hidden_layers": 1, "hidden_act": "relu", "revision": "other"},
        model_kwargs={"attn_implementation": "eager"},
    ),
]

MEAN = [pooling("mean"), normalize()]


def with_config(spec: dict, **config: object) -> dict:
    return {**spec, "patch": {**spec["patch"], "config.json": config}}


ENCODERS = [
    encoder("normalized-tokens", [normalize(module_input_name="token_embeddings"), pooling("mean")]),
    encoder("normalized-nothing", [pooling("cls"), normalize(module_input_name="absent"), normalize(module_output_name="other")]),
    encoder("dense-over-tokens", [dense(21, 32, 24, use_residual=True, module_input_name="token_embeddings"), pooling("max"), normalize()]),
    encoder("dense-residual", [pooling("mean"), dense(22, 32, 32, RELU, use_residual=True, bias=False)]),
    encoder("pooled-output", [normalize()], **taken("sentence_embedding", "pooler_output")),
    encoder("albert-pooled-output", [], base="albert", **taken("sentence_embedding", "pooler_output")),

    encoder("hidden-states", MEAN, **taken("token_embeddings", "hidden_states", -2)),
    encoder("hidden-states-of-distilbert", MEAN, base="distilbert", **taken("token_embeddings", "hidden_states", 1)),
    encoder("hidden-states-of-modernbert", MEAN, base="modernbert", **taken("token_embeddings", "hidden_states", -1)),
    encoder("hidden-states-before-the-last-norm", MEAN, base="modernbert", **taken("token_embeddings", "hidden_states", 1)),
    with_config(encoder("hidden-states-without-the-last-norm", MEAN, base="modernbert", **taken("token_embeddings", "hidden_states", -1)),
                tie_last_hidden_states=False),
    encoder("output-under-another-name", [dense(24, 32, 32, module_input_name="states", module_output_name="token_embeddings"), pooling("cls")],
            **taken("states", "last_hidden_state")),
    encoder("older-config-args", MEAN, config_args={"num_hidden_layers": 1}, config_kwargs={"num_hidden_layers": 2}),
    encoder("config-kwargs-by-another-name", MEAN, base="distilbert", config_kwargs={"num_hidden_layers": 1}),
    encoder("common-length-first", MEAN, processing_kwargs={"common": {"max_length": 6}, "text": {"max_length": 9, "truncation": True}}),
    encoder("lengths-by-role", MEAN, query_length=5, document_length=9),
]
TASKS = {"lengths-by-role": ["query", "document"]}


def encoder_cases(spec: dict, folder: Path) -> list[dict]:
    model = SentenceTransformer(str(folder), device="cpu", model_kwargs=FLOAT32)
    cases = []
    for task in [None, *TASKS.get(spec["name"], [])]:
        encode = {None: model.encode, "query": model.encode_query, "document": model.encode_document}[task]
        vectors = encode(TEXTS, batch_size=1)
        assert numpy.isfinite(vectors).all()
        cases.append({
            "name": spec["name"] if task is None else f"{spec['name']}: {task}",
            "model": spec["name"],
            "options": {} if task is None else {"task": task},
            "texts": TEXTS,
            "dimensions": vectors.shape[1],
            "vectors": packed(vectors),
        })
    return cases


def reranker_case(spec: dict, folder: Path) -> dict:
    model = CrossEncoder(str(folder), device="cpu", model_kwargs=FLOAT32)
    logits = model.predict(PAIRS, batch_size=1, activation_fn=torch.nn.Identity())
    assert numpy.isfinite(logits).all() and logits.std(axis=0).min() > 0.001, logits
    return {
        "name": spec["name"],
        "model": spec["name"],
        "options": {},
        "labels": model.num_labels,
        "activation": type(model.activation_fn).__name__,
        "pairs": PAIRS,
        "logits": logits.reshape(len(PAIRS), -1).tolist(),
        "scores": model.predict(PAIRS, batch_size=1).tolist(),
    }


if __name__ == "__main__":
    encoders, rerankers = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for spec in ENCODERS + RERANKERS:
            folder = write_variant(spec, MODELS, Path(scratch) / spec["name"])
            if spec in RERANKERS:
                rerankers.append(reranker_case(spec, folder))
            else:
                encoders += encoder_cases(spec, folder)
    write_golden(f"{GOLDENS}/module-lists.json", "module_lists.py", LIBRARIES, rerankers, variants=ENCODERS + RERANKERS, encoders=encoders)
