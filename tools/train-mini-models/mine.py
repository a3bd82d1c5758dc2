"""For each query a list of candidates, as a retriever would bring them, with the score the reranker shall learn.

    python mine.py --data .work/data

The target is the teacher's similarity and BM25 together, each in standard deviations of the query's best fifty: on
texts neither was made for, the two err in different places, and their sum is better than either. A cross-encoder can
learn both, since it reads the very words. Writes `lists.npz`.
"""

from __future__ import annotations

import argparse
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
# Definitions teach words, not ranking: a share of them is enough.
KEEP = {"wordnet": 0.25, "gcide": 0.25, "pseudo-sentence": 0.7}


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--lists", type=int, default=45_000)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    rng = np.random.default_rng(SEED)
    lesson = Lesson(arguments.data)
    passages = lesson.positives.unique()
    where = {int(text): row for row, text in enumerate(passages)}
    bm25 = Bm25([lesson.texts[i] for i in passages])
    kept = np.array([rng.random() < KEEP.get(source, 1.0) for source in lesson.sources])
    rows = rng.permutation(np.flatnonzero(kept))[: arguments.lists]

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
            # As a retriever would: mostly near, some by words alone, one stranger.
            pool = [*rng.choice(near[:12], 3, replace=False), *rng.choice(near[12:], 1), *rng.choice(same_words[:10], 2, replace=False), *rng.choice(len(passages), 3)]
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
