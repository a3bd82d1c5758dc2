"""Writes sentence-transformers' results for a tiny model with one more module.

    python tools/oracle/module_goldens.py [NAME ...]     # rewrites packages/hf-runtime/test/goldens/models/modules/NAME.json; all by default

A golden is { certificate, variant, cases }. `variant` is written by hand, { name, base, patch?, remove?, base64? } as in
tiny_variants.py: to add a golden, write a file with nothing but it, and run this script. It fills in the rest: one case of the
form that encoders.json has.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from sentence_transformers import SentenceTransformer

from golden import REPOSITORY, write_golden
from model_goldens import FLOAT32, GOLDENS, LIBRARIES, TEXTS, packed
from tiny_models import MODELS
from tiny_variants import write_variant

FOLDER = f"{GOLDENS}/modules"


def write_module_golden(name: str) -> None:
    path = f"{FOLDER}/{name}.json"
    variant = json.loads((REPOSITORY / path).read_text(encoding="utf-8"))["variant"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_variant(variant, MODELS, Path(scratch) / name)
        model = SentenceTransformer(str(folder), device="cpu", model_kwargs=FLOAT32)
        vectors = model.encode(TEXTS)
    case = {
        "name": variant["name"],
        "model": variant["name"],
        "options": {},
        "texts": TEXTS,
        "dimensions": vectors.shape[1],
        "vectors": packed(vectors),
    }
    write_golden(path, "module_goldens.py", LIBRARIES, [case], variant=variant)


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(path.stem for path in (REPOSITORY / FOLDER).glob("*.json")):
        write_module_golden(name)
