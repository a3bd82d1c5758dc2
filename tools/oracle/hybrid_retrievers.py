"""BM25 scores of bm25s, stems of Snowball, and LangChain's EnsembleRetriever, for packages/retrievers-hybrid."""

from __future__ import annotations

import random

import bm25s
import Stemmer
from golden import write_golden
from langchain_classic.retrievers import EnsembleRetriever
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda

PACKAGE = "packages/retrievers-hybrid/test/goldens"
WORDS = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o")]
# Words without diacritics that Snowball 3.1 and the version in JavaScript stem alike, and some that only one of them changes.
STEMMED = {
    "english": "running flies agreed plastered hopping relational conditional happiness generously national nationally dying skies",
    "german": "häuser gingen kindern freundlichkeit arbeiten schönsten",
    "french": "continuellement mangeaient nationales rapidement chevaux",
    "spanish": "corriendo niños nacionalidad rápidamente hablaban",
    "russian": "книги читали красивый возможность хороших",
    "swedish": "bilarna flickornas löpning vackraste",
    "turkish": "evlerimizden kitaplar gelmeyecek",
}


def words(rng: random.Random, most: int) -> list[str]:
    """A few words are in most texts, most words in few."""
    return [WORDS[min(len(WORDS) - 1, int(rng.expovariate(0.12)))] for _ in range(rng.randrange(most))]


def bm25_cases() -> list[dict]:
    rng = random.Random(20)
    cases = []
    for k1, b in [(1.2, 0.75), (1.5, 0.75), (0.9, 0.4), (0.0, 1.0), (2.0, 0.0)]:
        texts = [words(rng, 40) for _ in range(40)]
        queries = [words(rng, 8) for _ in range(6)]
        index = bm25s.BM25(method="lucene", k1=k1, b=b)
        index.index(texts, show_progress=False)
        cases.append(
            {
                "k1": k1,
                "b": b,
                "texts": [" ".join(text) for text in texts],
                "queries": [
                    {"query": " ".join(query), "scores": [float(f"{s:.6g}") for s in scores_of(index, query, len(texts))]}
                    for query in queries
                ],
            }
        )
    return cases


def scores_of(index: bm25s.BM25, query: list[str], count: int) -> list[float]:
    known = [word for word in query if word in index.vocab_dict]
    return index.get_scores(known).tolist() if known else [0.0] * count


def ensemble_cases() -> list[dict]:
    rng = random.Random(21)
    cases = []
    for number in range(30):
        lists = [rng.sample(WORDS[:12], rng.randrange(9)) for _ in range(rng.randrange(1, 4))]
        weights = [round(rng.random(), 2) for _ in lists]
        c = rng.choice([60, 1, 10])
        by_key = number % 2 == 1
        retrievers = [
            RunnableLambda(
                lambda _query, found=found, place=place: [
                    Document(page_content=f"{word} {place}" if by_key else word, metadata={"key": word}) for word in found
                ]
            )
            for place, found in enumerate(lists)
        ]
        ensemble = EnsembleRetriever(retrievers=retrievers, weights=weights, c=c, id_key="key" if by_key else None)
        expected = [document.page_content for document in ensemble.invoke("any")]
        cases.append({"lists": lists, "weights": weights, "c": c, "byKey": by_key, "expected": expected})
    return cases


def main() -> None:
    write_golden(f"{PACKAGE}/bm25.json", "hybrid_retrievers.py", ["bm25s"], bm25_cases())
    stems = [
        {"language": language, "words": text.split(), "stems": Stemmer.Stemmer(language).stemWords(text.split())}
        for language, text in STEMMED.items()
    ]
    write_golden(f"{PACKAGE}/stems.json", "hybrid_retrievers.py", ["PyStemmer"], stems)
    write_golden(f"{PACKAGE}/ensemble-retriever.json", "hybrid_retrievers.py", ["langchain-classic"], ensemble_cases())


if __name__ == "__main__":
    main()
