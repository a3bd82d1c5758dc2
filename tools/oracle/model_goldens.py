"""Writes the results of PyTorch, transformers and sentence-transformers for the tiny models: hidden states, logits, vectors, rankings.

    python tools/oracle/model_goldens.py      # rewrites packages/hf-runtime/test/goldens/models
    python tools/oracle/model_goldens.py --minilm FOLDER | node tools/oracle/compare-minilm.mjs   # the real model, on demand

Writes, beside a certificate with the libraries' versions (all numbers float32, all models run in float32):

graph.json    { batches, buckets, cases }: token ids in, tensors out, for graphs without any tokenizer of ours.
              batches[name] = { input_ids, attention_mask, token_type_ids }, integers [batch][tokens]; the name is
              "<model>/<right|left>". A case: { name, model, patch?, batch, hidden?, logits? }; patch is merged into
              config.json; hidden and logits are { shape, base64 }, little-endian float32; hidden states at padding
              mean nothing. buckets has the relative positions' buckets for offsets (query minus key): of MPNet
              -reach … reach, of DeBERTa 0, 1, 2, …
encoders.json cases of { name, model, options, texts, dimensions, vectors }: model names a folder of
              test/fixtures/models or one of variants.json; options are encode's { prompt?, promptName?, normalize? };
              vectors is base64 float32 [texts][dimensions].
cross-encoders.json  cases of { name, model, options, labels, activation, pairs, logits, scores, ranking? }: options are
              predict's { prompt?, promptName? }; logits and scores [pairs][labels]; activation is the class that sentence-transformers resolved; ranking, for one label, the
              indices of the texts that share the first pair's query, best first.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy
import torch
import transformers
from sentence_transformers import CrossEncoder, SentenceTransformer
from tokenizers import Tokenizer
from transformers import AutoModel, AutoModelForSequenceClassification
from transformers.models.deberta_v2.modeling_deberta_v2 import make_log_bucket_position
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

from golden import write_golden
from tiny_models import MODELS
from tiny_variants import CROSS_ENCODERS, ENCODERS, merge_patch, write_variant

GOLDENS = "packages/hf-runtime/test/goldens/models"
LIBRARIES = ["torch", "transformers", "sentence-transformers", "tokenizers", "safetensors"]
FLOAT32 = {"dtype": torch.float32}
MAX_TOKENS = 16
LONG = "The Seine runs through Paris, and the Spree runs through Berlin, the capital of Germany. " * 8

PAIRS = [
    ("How many people live in Berlin?", "About 3.6 million people live in the city."),
    ("How many people live in Berlin?", ""),
    ("How many people live in Berlin?", LONG),
    ("How many people live in Berlin?", "Paris"),
    ("How many people live in Berlin?", "Où est le café? Zürich, 日本 2024."),
    ("", ""),
    ("capital", "The capital of France is Paris.\nThe capital of Germany is Berlin.  "),
]
TEXTS = ["What did the president say?", "", "Paris", LONG, "Où est le café? Zürich, 日本 2024.", " two  spaces\n"]


def packed(tensor: torch.Tensor | numpy.ndarray) -> str:
    array = tensor.detach().cpu().numpy() if isinstance(tensor, torch.Tensor) else tensor
    return base64.b64encode(array.astype("<f4").tobytes()).decode("ascii")


def tensor_golden(tensor: torch.Tensor) -> dict[str, Any]:
    return {"shape": list(tensor.shape), "base64": packed(tensor)}


def batch_of(folder: Path, side: str) -> dict[str, list[list[int]]]:
    """Four pairs, among them an empty and a cut one, padded to the longest."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    names = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    pad = tokenizer.token_to_id(names["pad_token"])
    tokenizer.enable_padding(direction=side, pad_id=pad, pad_token=names["pad_token"])
    encodings = tokenizer.encode_batch([PAIRS[i] for i in (1, 2, 3, 5)])
    typed = (config.get("type_vocab_size") or 0) > 1
    return {
        "input_ids": [e.ids for e in encodings],
        "attention_mask": [e.attention_mask for e in encodings],
        "token_type_ids": [e.type_ids if typed else [0] * len(e.type_ids) for e in encodings],
    }


def loaded(auto: type, folder: Path) -> torch.nn.Module:
    """Loads in float32, and fails if transformers would have initialised missing weights; only an encoder's pooler may be absent."""
    model, info = auto.from_pretrained(folder, output_loading_info=True, **FLOAT32)
    missing = [key for key in info["missing_keys"] if "pooler" not in key]
    if missing or info["mismatched_keys"]:
        raise ValueError(f"{folder.name}: transformers made up {missing or info['mismatched_keys']}")
    return model


def forward(model: torch.nn.Module, batch: dict[str, list[list[int]]]) -> Any:
    inputs = {name: torch.tensor(rows) for name, rows in batch.items()}
    if model.config.model_type in ("distilbert", "mpnet", "modernbert"):
        del inputs["token_type_ids"]
    with torch.no_grad():
        return model.eval()(**inputs)


# Settings that need no weights of their own, tried over the weights that are there.
PATCHES: dict[str, list[dict[str, Any]]] = {
    "bert-cross-encoder": [
        *({"hidden_act": a} for a in ("gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_python", "gelu_10")),
        *({"hidden_act": a} for a in ("relu", "silu", "swish", "quick_gelu", "tanh", "sigmoid", "mish", "linear")),
        *({"hidden_act": a} for a in ("relu2", "relu6", "leaky_relu", "hardswish")),
        {"layer_norm_eps": 0.5},
        {"num_attention_heads": 2},
    ],
    "distilbert": [{"activation": "relu"}],
    "xlm-roberta": [{"model_type": "camembert", "architectures": ["CamembertForSequenceClassification"]}],
    "electra": [{"hidden_act": "gelu_new"}],
    "albert": [{"num_hidden_layers": 2}, {"num_hidden_layers": 3}],
    "deberta-v3": [{"pooler_hidden_act": "relu"}, {"relative_attention": False}, {"share_att_key": True, "pos_att_type": "c2p"}],
    "deberta-v2": [
        {"pos_att_type": ["c2p"]},
        {"pos_att_type": "p2c"},
        {"pos_att_type": []},
        {"conv_kernel_size": 0},
        {"conv_act": "tanh"},
        {"position_biased_input": False},
        {"position_buckets": 12, "max_relative_positions": 30},
    ],
    "modernbert": [
        {"classifier_pooling": "mean"},
        {"local_attention": 4, "local_rope_theta": 500.0, "global_rope_theta": 2000.0},
        {"classifier_activation": "silu", "hidden_activation": "relu"},
    ],
}


def graph_cases(scratch: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    batches: dict[str, Any] = {}
    cases: list[dict[str, Any]] = []
    for folder in sorted(p for p in MODELS.iterdir() if p.is_dir()):
        name = folder.name
        classify = name != "bert-encoder"
        for side in ("right", "left"):
            batch = batches[f"{name}/{side}"] = batch_of(folder, side)
            case = {"name": f"{name}, padded {side}", "model": name, "batch": f"{name}/{side}"}
            if side == "right":
                model = loaded(AutoModel, folder)
                case["hidden"] = tensor_golden(forward(model, batch).last_hidden_state)
            if classify:
                model = loaded(AutoModelForSequenceClassification, folder)
                case["logits"] = tensor_golden(forward(model, batch).logits)
            # With its first token, ModernBERT would classify padding here; transformers' result for that is arbitrary.
            if len(case) > 3 and (name, side) != ("modernbert", "left"):
                cases.append(case)
        for i, patch in enumerate(PATCHES.get(name, [])):
            changed = scratch / f"{name}-{i}"
            shutil.copytree(folder, changed)
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            if "local_rope_theta" in patch:
                patch = {**patch, "rope_parameters": None}
            (changed / "config.json").write_text(json.dumps(merge_patch(config, patch)), encoding="utf-8")
            model = loaded(AutoModelForSequenceClassification, changed)
            side = "left" if patch.get("classifier_pooling") == "mean" else "right"
            logits = tensor_golden(forward(model, batches[f"{name}/{side}"]).logits)
            described = f"{name} with {json.dumps(patch, sort_keys=True)}, padded {side}"
            cases.append({"name": described, "model": name, "patch": patch, "batch": f"{name}/{side}", "logits": logits})
    return batches, cases


def relative_buckets() -> dict[str, Any]:
    mpnet = torch.arange(-150, 151)
    settings = [(256, 512, 600), (32, 128, 150), (9, 40, 60), (8, 64, 80)]
    return {
        "mpnet": {"reach": 150, "values": MPNetEncoder.relative_position_bucket(-mpnet).tolist()},
        "deberta": [
            {
                "buckets": buckets,
                "maxPosition": farthest,
                "values": make_log_bucket_position(torch.arange(reach + 1), buckets, farthest).long().tolist(),
            }
            for buckets, farthest, reach in settings
        ],
    }


def folder_of(model: str | dict[str, Any], scratch: Path) -> tuple[str, Path]:
    if isinstance(model, str):
        return model, MODELS / model
    return model["name"], write_variant(model, MODELS, scratch / model["name"])


def encoder_case(name: str, model: SentenceTransformer, described: str, options: dict[str, Any]) -> dict[str, Any]:
    python = {"prompt": options.get("prompt"), "prompt_name": options.get("promptName")}
    vectors = model.encode(TEXTS, batch_size=4, normalize_embeddings=options.get("normalize", False), **python)
    return {
        "name": described,
        "model": name,
        "options": options,
        "texts": TEXTS,
        "dimensions": int(vectors.shape[1]),
        "vectors": packed(vectors),
    }


def encoder_cases(scratch: Path) -> list[dict[str, Any]]:
    cases = []
    for model in ["bert-encoder", *ENCODERS]:
        name, folder = folder_of(model, scratch)
        loaded = SentenceTransformer(str(folder), device="cpu", model_kwargs=FLOAT32)
        # A text of nothing but a prompt that is not pooled has no tokens left: NaN in Python, and no use to compare.
        cases.append(encoder_case(name, loaded, name, {}))
        if name == "prompts":
            cases.append(encoder_case(name, loaded, f"{name}: document by name", {"promptName": "document"}))
            cases.append(encoder_case(name, loaded, f"{name}: given verbatim", {"prompt": "Where is "}))
        if name == "prompts-not-pooled":
            cases.append(encoder_case(name, loaded, f"{name}: query by name", {"promptName": "query"}))
        if name == "pool-mean":
            cases.append(encoder_case(name, loaded, f"{name}: normalised on request", {"normalize": True}))
    return cases


def cross_encoder_case(name: str, model: CrossEncoder, described: str, options: dict[str, Any]) -> dict[str, Any]:
    python = {"prompt": options.get("prompt"), "prompt_name": options.get("promptName"), "batch_size": 4}
    logits = model.predict(PAIRS, activation_fn=torch.nn.Identity(), **python).reshape(len(PAIRS), -1)
    case = {
        "name": described,
        "model": name,
        "options": options,
        "labels": int(logits.shape[1]),
        "activation": type(model.activation_fn).__name__,
        "pairs": PAIRS,
        "logits": logits.tolist(),
        "scores": model.predict(PAIRS, **python).reshape(len(PAIRS), -1).tolist(),
    }
    if logits.shape[1] == 1:
        query = PAIRS[0][0]
        ranked = model.rank(query, [text for q, text in PAIRS if q == query], **python)
        case["ranking"] = [int(r["corpus_id"]) for r in ranked]
    else:
        softmax = model.predict(PAIRS, apply_softmax=True, **python).reshape(len(PAIRS), -1)
        case["softmax"] = softmax.tolist()
    return case


def cross_encoder_cases(scratch: Path) -> list[dict[str, Any]]:
    cases = []
    folders = sorted(p.name for p in MODELS.iterdir() if p.is_dir() and p.name != "bert-encoder")
    for model in [*folders, *CROSS_ENCODERS]:
        name, folder = folder_of(model, scratch)
        loaded = CrossEncoder(str(folder), device="cpu", model_kwargs=FLOAT32)
        cases.append(cross_encoder_case(name, loaded, name, {}))
        if name == "cross-encoder-prompts":
            cases.append(cross_encoder_case(name, loaded, f"{name}: another by name", {"promptName": "none"}))
            cases.append(cross_encoder_case(name, loaded, f"{name}: given verbatim", {"prompt": "Where is "}))
    return cases


def minilm(folder: Path) -> None:
    """Prints the real model's vectors for the same texts: { folder, texts, vectors }; see compare-minilm.mjs."""
    model = SentenceTransformer(str(folder), device="cpu", model_kwargs=FLOAT32)
    texts = [*TEXTS, *(text for pair in PAIRS for text in pair)]
    vectors = [packed(model.encode(text)) for text in texts]
    json.dump({"folder": str(folder), "texts": texts, "vectors": vectors}, sys.stdout)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--minilm", type=Path, help="folder of the real all-MiniLM-L6-v2")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    if options.minilm:
        return minilm(options.minilm)
    script = Path(__file__).name
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        batches, cases = graph_cases(scratch)
        write_golden(f"{GOLDENS}/graph.json", script, LIBRARIES, cases, batches=batches, buckets=relative_buckets())
        write_golden(f"{GOLDENS}/encoders.json", script, LIBRARIES, encoder_cases(scratch))
        write_golden(f"{GOLDENS}/cross-encoders.json", script, LIBRARIES, cross_encoder_cases(scratch))


if __name__ == "__main__":
    main()
