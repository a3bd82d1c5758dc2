"""Writes sentence-transformers' results for left-padded models, each text and pair alone.

A model with absolute positions places a text's tokens where padding ends, so with padding on the left Python's numbers
depend on what else is in the batch. By itself a text has no padding, and that is what our runtime promises at any batch.

Writes packages/hf-runtime/test/goldens/models/left-padding.json: { encoders, crossEncoders } with the cases of
encoders.json and cross-encoders.json (see model_goldens.py).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from golden import write_golden
from model_goldens import FLOAT32, PAIRS, TEXTS, folder_of, packed
from sentence_transformers import CrossEncoder, SentenceTransformer
from tiny_variants import CROSS_ENCODERS, ENCODERS

GOLDEN = "packages/hf-runtime/test/goldens/models/left-padding.json"
LIBRARIES = ["sentence-transformers", "transformers", "torch", "tokenizers", "safetensors"]


def encoder_case(name: str, folder: Path) -> dict:
    vectors = SentenceTransformer(str(folder), device="cpu", model_kwargs=FLOAT32).encode(TEXTS, batch_size=1)
    return {
        "name": name,
        "model": name,
        "options": {},
        "texts": TEXTS,
        "dimensions": int(vectors.shape[1]),
        "vectors": packed(vectors),
    }


def cross_encoder_case(name: str, folder: Path) -> dict:
    model = CrossEncoder(str(folder), device="cpu", model_kwargs=FLOAT32)
    logits = model.predict(PAIRS, batch_size=1, activation_fn=torch.nn.Identity()).reshape(len(PAIRS), -1)
    scores = model.predict(PAIRS, batch_size=1).reshape(len(PAIRS), -1)
    return {
        "name": name,
        "model": name,
        "labels": int(logits.shape[1]),
        "activation": type(model.activation_fn).__name__,
        "pairs": PAIRS,
        "logits": logits.tolist(),
        "scores": scores.tolist(),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        left = lambda variants: [folder_of(v, Path(scratch)) for v in variants if "left" in v["name"]]  # noqa: E731
        cases = {
            "encoders": [encoder_case(*found) for found in left(ENCODERS)],
            "crossEncoders": [cross_encoder_case(*found) for found in left(CROSS_ENCODERS)],
        }
    print(write_golden(GOLDEN, "left_padding.py", LIBRARIES, cases))


if __name__ == "__main__":
    main()
