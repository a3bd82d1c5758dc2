"""The `tokenizers` library, written in Rust, on one thread.

{call: "load", file}  →  {ms, version}
{call: "encode", texts, ids}  →  {ms, ids}: of all texts at once; ids if they are wanted
"""

import os
import sys
import time
from pathlib import Path

os.environ.update(TOKENIZERS_PARALLELISM="false", RAYON_NUM_THREADS="1")
sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
import tokenizers  # noqa: E402
from answer_calls import answer_calls  # noqa: E402

tokenizer = None


def load(file):
    global tokenizer
    begun = time.perf_counter()
    tokenizer = tokenizers.Tokenizer.from_file(file)
    ms = 1000 * (time.perf_counter() - begun)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return {"ms": ms, "version": tokenizers.__version__}


def encode(texts, ids=False):
    begun = time.perf_counter()
    encodings = tokenizer.encode_batch(texts)
    ms = 1000 * (time.perf_counter() - begun)
    return {"ms": ms, "ids": [each.ids for each in encodings] if ids else None}


answer_calls(load=load, encode=encode)
