"""For each query a list of candidates, as a retriever would bring them, with the score the reranker shall learn.

    python mine.py --data .work/data

The target is the teacher's similarity and BM25 together, each in standard deviations of the query's best fifty: on
texts neither was made for, the two err in different places, and their sum is better than either. A cross-encoder can
learn both, since it reads the very words. Writes `lists.npz`.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter
from pathlib import Path

import numpy as np
import Stemmer
import torch
from scipy.sparse import csr_matrix

from corpus import Lesson

SEED = 20261123
CANDIDATES = 7
BM25_SHARE = 1.0
# A labelled positive is that much better than its own score says (standard deviations).
LABEL_BONUS = 1.0
# How many lists each pair gives, on average. Definitions teach words, not ranking: a share of them is enough. Questions are few: each is asked again.
LISTS_A_PAIR = {"wordnet": 0.5, "gcide": 0.5, "nqg-squad": 3, "medquad": 2, "pseudo-sentence": 1.2}
USUAL_LISTS_A_PAIR = 1.6
# Whose passages stand in the order of the text they were taken from, so that those beside one are about the same matter.
IN_ORDER = ("nqg-squad", "medquad", "factbook", "scifact-claims")
BESIDE = 12


# Lucene's English stop words.
STOP_WORDS = set(
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with".split()
)
stemmer = Stemmer.Stemmer("porter")


def words(text: str) -> list[str]:
    return stemmer.stemWords([word for word in re.findall(r"\w+", text.lower()) if word not in STOP_WORDS])


class Bm25:
    """BM25 (k1 = 1.2, b = 0.75) of queries against fixed passages, as one sparse product."""

    def __init__(self, passages: list[str]) -> None:
        self.vocabulary: dict[str, int] = {}
        rows, columns, counts = [], [], []
        for row, text in enumerate(passages):
            for word, count in Counter(words(text)).items():
                rows.append(row)
                columns.append(self.vocabulary.setdefault(word, len(self.vocabulary)))
                counts.append(count)
        rows, columns, tf = np.array(rows), np.array(columns), np.array(counts, dtype=np.float32)
        length = np.bincount(rows, weights=tf, minlength=len(passages))
        frequency = np.bincount(columns, minlength=len(self.vocabulary))
        idf = np.log(1 + (len(passages) - frequency + 0.5) / (frequency + 0.5))
        weight = idf[columns] * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length[rows] / length.mean()))
        self.postings = csr_matrix((weight.astype(np.float32), (columns, rows)), shape=(len(self.vocabulary), len(passages)))

    def __call__(self, queries: list[str]) -> np.ndarray:
        """[queries] → [queries, passages]"""
        pairs = [(row, self.vocabulary[word]) for row, text in enumerate(queries) for word in set(words(text)) if word in self.vocabulary]
        rows, columns = zip(*pairs) if pairs else ((), ())
        matrix = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(queries), len(self.vocabulary)))
        return (matrix @ self.postings).toarray()


def standardised(scores: np.ndarray, top: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Scores of the chosen, in standard deviations from the mean of the query's best."""
    return (scores[chosen] - top.mean()) / (top.std() + 1e-6)


def passages_beside(lesson: Lesson, pairs: Path) -> dict[int, np.ndarray]:
    """For the pairs of ordered sources: the passages that stand beside the pair's own in its source."""
    place: dict[tuple[str, str], int] = {}
    with lzma.open(pairs, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            query, _, source = json.loads(line)
            place.setdefault((query, source), number)
    beside = {}
    for source in IN_ORDER:
        rows = [row for row, name in enumerate(lesson.sources) if name == source]
        rows.sort(key=lambda row: place.get((lesson.texts[int(lesson.queries[row])], source), 0))
        for at, row in enumerate(rows):
            near = rows[max(0, at - BESIDE) : at + BESIDE + 1]
            beside[row] = np.array([int(lesson.positives[other]) for other in near])
    return beside


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--lists", type=int, default=200_000, help="at most so many")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    rng = np.random.default_rng(SEED)
    lesson = Lesson(arguments.data)
    passages = lesson.positives.unique()
    where = {int(text): row for row, text in enumerate(passages)}
    bm25 = Bm25([lesson.texts[i] for i in passages])
    beside = passages_beside(lesson, arguments.data / "pairs.jsonl.xz")
    often = np.array([LISTS_A_PAIR.get(source, USUAL_LISTS_A_PAIR) for source in lesson.sources])
    rows = rng.permutation(np.repeat(np.arange(len(often)), np.floor(often + rng.random(len(often))).astype(int)))[: arguments.lists]

    candidates = np.zeros((len(rows), CANDIDATES), dtype=np.int32)
    targets = np.zeros((len(rows), CANDIDATES), dtype=np.float32)
    vectors = lesson.teacher[passages]
    for start in range(0, len(rows), 256):
        part = rows[start : start + 256]
        queries = lesson.queries[part]
        similar = (lesson.teacher[queries] @ vectors.T).numpy()
        lexical = bm25([lesson.texts[i] for i in queries])
        for i, row in enumerate(part):
            near = np.argpartition(-similar[i], 50)[:50]
            near = near[np.argsort(-similar[i][near])]
            same_words = np.argpartition(-lexical[i], 50)[:50]
            same_words = same_words[np.argsort(-lexical[i][same_words])]
            own = where[int(lesson.positives[row])]
            # As a retriever would: mostly near, some by words alone, some from the same text, one stranger.
            same_text = [where[int(text)] for text in rng.choice(beside[row], 2)] if row in beside else []
            by_meaning, by_words = rng.choice(near[:15], 3 - len(same_text) // 2, replace=False), rng.choice(same_words[:12], 2 - len(same_text) // 2, replace=False)
            pool = [*by_meaning, *same_text, *by_words, *rng.choice(near[15:], 1), *rng.choice(len(passages), 6)]
            others = [c for c in dict.fromkeys(pool) if c != own]
            chosen = np.array([own, *others])[:CANDIDATES]
            score = standardised(similar[i], similar[i][near], chosen) + BM25_SHARE * standardised(lexical[i], lexical[i][same_words], chosen)
            score[0] += LABEL_BONUS if lesson.labelled[row] else 0
            candidates[start + i], targets[start + i] = passages[chosen], score
    np.savez(arguments.data / "lists.npz", rows=rows, candidates=candidates, targets=targets)
    best = (targets.argmax(1) == 0).mean()
    print(f"{len(rows)} lists over {len(passages)} passages; the pair's own passage is best in {best:.1%}")


if __name__ == "__main__":
    main()
