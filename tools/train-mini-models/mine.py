"""Makes for each query a list of candidates, as the student's embedder would find them, with the two scores that the reranker must learn.

    python mine.py --data .work/data --embedder .work/models/embedder.pt

The scores are the teacher's similarity and BM25, each in standard deviations of the query's best fifty: on texts
neither was made for, the two make different errors, and their sum is better than either. A cross-encoder can
learn both, since it reads the words themselves. Writes `lists.npz`, and `made.json.xz`: queries as people would word them, and
what looks like an answer but is not one (adversaries.py), which `lists.npz` counts on from the lesson's texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import Stemmer
import torch
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer
from transformers import BertModel

from adversaries import adversaries, unanswerable
from as_request import as_request
from corpus import SIMILARITY_ONLY, Lesson, TokenStore
from models import EMBEDDER_LAYERS, FAST_TYPE, MAX_TOKENS, Embedder, encode_sorted, exported_weights, student_config

SEED = 20261123
CANDIDATES = 7
# How many lists each pair gives, on average. Definitions teach words, not ranking: a share of them is enough. Questions are few: each is used more than once.
LISTS_A_PAIR = {"wordnet": 0.5, "gcide": 0.5, "nqg-squad": 3, "medquad": 2, "pseudo-sentence": 1.2}
USUAL_LISTS_A_PAIR = 1.6
# How many of its lists a pair gives that an earlier run was trained on.
EARLIER_SHARE = 0.25
# Sources whose passages are in the order of their text, so that neighbours are about the same subject.
IN_ORDER = ("nqg-squad", "medquad", "factbook", "scifact-claims")
BESIDE = 12
# Sources whose queries are headings: collections also have bare titles, so some of these are candidates.
UNTITLED = ("wordnet", "gcide", "foldoc", "factbook", "nqg-squad", "medquad", "scifact-claims", *SIMILARITY_ONLY)
TITLES = 12_000
# The share of lists whose query is worded as people would, and of those whose query is a whole passage: "more like this".
REQUESTS = 0.2
BY_PASSAGE = 0.12
# How many of adversaries.py's texts a list has, besides its candidates, and one question that its passage does not answer.
ADVERSARIES = 3
# Of how many of a list's candidates the closest sentence is given.
IN_SENTENCES = 3
# Questions of which the probes of bench/mini are made (hashed): none of their adversaries is learned.
PROBED_SHARE = 0.04


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
    """Scores of the chosen, in standard deviations from the mean of the query's best. Where all of those are alike, small differences stay small."""
    return (scores[chosen] - top.mean()) / max(top.std(), 0.05 * top.mean(), 1e-3)


def passages_beside(lesson: Lesson, pairs: Path) -> dict[int, np.ndarray]:
    """For the pairs of ordered sources: the passages next to the pair's own in its source."""
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


def embed(lesson: Lesson, data: Path, embedder: Path) -> torch.Tensor:
    """The vector of the student's embedder for each text: [texts, hidden], length 1."""
    tokenizer = Tokenizer.from_file(str(data / "tokenizer.json"))
    model = Embedder(student_config(tokenizer.get_vocab_size(), EMBEDDER_LAYERS)).eval().to(FAST_TYPE)
    model.bert.load_state_dict(exported_weights(embedder) if embedder.is_dir() else torch.load(embedder, weights_only=True))
    store = TokenStore(tokenizer, lesson.texts, MAX_TOKENS, "cpu")
    with torch.inference_mode():
        return encode_sorted(model, store, torch.arange(len(lesson.texts)), 4096)


def is_probed(question: str) -> bool:
    """Whether the probes may have this question; bench/mini/probe.mjs hashes alike."""
    return hashlib.sha256(question.encode()).digest()[0] < 256 * PROBED_SHARE


class MadeTexts:
    """Texts that are not in the lesson, each once. Their numbers continue the lesson's."""

    def __init__(self, first: int) -> None:
        self.first, self.numbers = first, {}

    def number(self, text: str) -> int:
        return self.first + self.numbers.setdefault(text, len(self.numbers))


def best(scores: torch.Tensor, count: int) -> np.ndarray:
    """Places of each row's highest scores, best first: [rows, any] → [rows, count]."""
    return scores.topk(count, dim=1).indices.numpy()


def best_sentence(question: str, passage: str) -> str | None:
    """The sentence of a passage of several that shares most words with a question."""
    sentences = [text for text in re.split(r"(?<=[.!?]) +", passage) if len(text) > 20]
    question_words = set(words(question))
    return max(sentences, key=lambda text: len(question_words.intersection(words(text)))) if len(sentences) > 1 and question_words else None


def make_adversaries(
    lesson: Lesson, rows: np.ndarray, shown: np.ndarray, labelled: np.ndarray, made: MadeTexts
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """
    For each labelled list, as numbers of texts, −1 for none: what looks like an answer [lists, ADVERSARIES], how far below the passage it belongs, and a question
    that the passage does not answer [lists].
    """
    rng = random.Random(SEED)
    against = np.full((len(rows), ADVERSARIES), -1, dtype=np.int32)
    below = np.zeros(against.shape, dtype=np.float32)
    unanswered = np.full(len(rows), -1, dtype=np.int32)
    by_source: dict[str, list[int]] = {}
    for row in rows:
        by_source.setdefault(lesson.sources[row], []).append(int(row))
    for place in np.flatnonzero(labelled):
        row = rows[place]
        question, passage = lesson.texts[int(lesson.queries[row])], lesson.texts[int(lesson.positives[row])]
        if is_probed(question):
            continue
        others = rng.sample(by_source[lesson.sources[row]], min(4, len(by_source[lesson.sources[row]])))
        passages, questions = ([lesson.texts[int(column[other])] for other in others] for column in (lesson.positives, lesson.queries))
        for number, (text, far) in enumerate(adversaries(question, passage, passages, ADVERSARIES, rng)):
            against[place, number], below[place, number] = made.number(text), far
        if shown[place] < len(lesson.texts) and (text := unanswerable(question, questions, passage, rng)):
            unanswered[place] = made.number(text)
    return against, below, unanswered


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--embedder", type=Path, required=True, help="weights that train_embedder.py wrote, or the folder of an exported embedder")
    parser.add_argument("--lists", type=int, default=200_000, help="at most so many")
    parser.add_argument("--since", type=int, default=0, help="the first of the pairs that teach.py added with --further: those before it give few lists")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    rng, phrasing = np.random.default_rng(SEED), random.Random(SEED)
    lesson = Lesson(arguments.data)
    titles = np.unique([int(query) for query, source in zip(lesson.queries, lesson.sources) if source not in UNTITLED and lesson.texts[query].count(" ") > 2])
    passages = torch.from_numpy(np.union1d(lesson.positives.numpy(), rng.permutation(titles)[:TITLES]))
    where = {int(text): row for row, text in enumerate(passages)}
    bm25 = Bm25([lesson.texts[i] for i in passages])
    beside = passages_beside(lesson, arguments.data / "pairs.jsonl.xz")
    often = np.array([LISTS_A_PAIR.get(source, USUAL_LISTS_A_PAIR) for source in lesson.sources])
    often[: arguments.since] *= EARLIER_SHARE
    rows = rng.permutation(np.repeat(np.arange(len(often)), np.floor(often + rng.random(len(often))).astype(int)))[: arguments.lists]
    kinds = rng.choice(["request", "passage", "plain"], len(rows), p=[REQUESTS, BY_PASSAGE, 1 - REQUESTS - BY_PASSAGE])

    # The text that a list's scores are of, and the one that is shown to the student.
    query_ids = np.where(kinds == "passage", lesson.positives[rows], lesson.queries[rows])
    made = MadeTexts(len(lesson.texts))
    shown = query_ids.copy()
    for place in np.flatnonzero(kinds == "request"):
        shown[place] = made.number(as_request(lesson.texts[query_ids[place]], phrasing))
    labelled = lesson.labelled[rows].numpy() & (kinds != "passage")
    against, below, unanswered = make_adversaries(lesson, rows, shown, labelled, made)

    candidates = np.zeros((len(rows), CANDIDATES), dtype=np.int32)
    similarity, overlap = np.zeros(candidates.shape, dtype=np.float32), np.zeros(candidates.shape, dtype=np.float32)
    student = embed(lesson, arguments.data, arguments.embedder)
    # Only a run that keeps its order can do without a teacher: the similarity is then no target.
    teacher = lesson.teacher if lesson.teacher_file.exists() else student
    taught, known = teacher[passages], student[passages]
    for start in range(0, len(rows), 256):
        queries = torch.from_numpy(query_ids[start : start + 256])
        similar = (teacher[queries] @ taught.T).numpy()
        lexical = bm25([lesson.texts[i] for i in queries])
        brought, near_each, same_words_each = best(student[queries] @ known.T, 20), best(torch.from_numpy(similar), 50), best(torch.from_numpy(lexical), 50)
        for i, row in enumerate(rows[start : start + 256]):
            near, same_words = near_each[i], same_words_each[i]
            itself = where.get(int(queries[i]))
            own = near[near != itself][0] if kinds[start + i] == "passage" else where[int(lesson.positives[row])]
            # Mostly what the embedder would bring; some that the teacher or the words alone find, some from the same text, a stranger.
            same_text = [where[int(text)] for text in rng.choice(beside[row], 1)] if row in beside else []
            pool = [*rng.choice(brought[i], 3, replace=False), *same_text, *rng.choice(near[:15], 1), *rng.choice(same_words[:12], 1), *rng.choice(len(passages), 6)]
            others = [c for c in dict.fromkeys(pool) if c not in (own, itself)]
            chosen = np.array([own, *others])[:CANDIDATES]
            candidates[start + i] = passages[chosen]
            similarity[start + i] = standardised(similar[i], similar[i][near], chosen)
            overlap[start + i] = standardised(lexical[i], lexical[i][same_words], chosen)
    # Of each of the first candidates, the one sentence that is closest to the question.
    sentences = np.full((len(rows), IN_SENTENCES), -1, dtype=np.int32)
    for (place, column), text in np.ndenumerate(candidates[:, :IN_SENTENCES]):
        if sentence := best_sentence(lesson.texts[query_ids[place]], lesson.texts[text]):
            sentences[place, column] = made.number(sentence)
    np.savez(
        arguments.data / "lists.npz", rows=rows, queries=shown, candidates=candidates, similarity=similarity, overlap=overlap, labelled=labelled,
        against=against, below=below, unanswered=unanswered, sentences=sentences,
    )  # fmt: skip
    with lzma.open(arguments.data / "made.json.xz", "wt", encoding="utf-8", preset=3) as file:
        json.dump(list(made.numbers), file, ensure_ascii=False)
    first = ((similarity + overlap).argmax(1) == 0)[labelled].mean()
    print(f"{len(rows)} lists over {len(passages)} passages; by both scores the pair's own passage is best in {first:.1%}")


if __name__ == "__main__":
    main()
