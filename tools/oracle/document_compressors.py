"""Writes the documents with known vectors that LangChain's filters and reorderer keep, for packages/retrievers-compression."""

from __future__ import annotations

import random
import warnings

from golden import write_golden

warnings.filterwarnings("ignore", category=DeprecationWarning)

from langchain_classic.retrievers.document_compressors import (  # noqa: E402
    CrossEncoderReranker,
    DocumentCompressorPipeline,
    EmbeddingsFilter,
)
from langchain_community.cross_encoders import FakeCrossEncoder  # noqa: E402
from langchain_community.document_transformers import EmbeddingsRedundantFilter, LongContextReorder  # noqa: E402
from langchain_core.documents import Document  # noqa: E402
from langchain_core.embeddings import Embeddings  # noqa: E402

WORDS = "index save load query rerank score vector bag banana folder file text".split()


class KnownEmbeddings(Embeddings):
    """Looks vectors up."""

    def __init__(self, vectors: dict[str, list[float]]) -> None:
        self.vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.vectors[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.vectors[text]


def case(rng: random.Random) -> dict:
    count = rng.randrange(1, 12)
    texts = [f"{i} " + " ".join(rng.choices(WORDS, k=rng.randrange(2, 7))) for i in range(count)]
    query = "which " + " ".join(rng.choices(WORDS, k=3))
    # Few dimensions make near duplicates; now and then a vector of zeros, which is like nothing.
    vectors = {text: [round(rng.gauss(0, 1), 6) for _ in range(3)] for text in [*texts, query]}
    if rng.random() < 0.2:
        vectors[texts[-1]] = [0.0, 0.0, 0.0]
    k = rng.randrange(1, 6)
    threshold = round(rng.uniform(-0.5, 0.9), 3)
    redundant = round(rng.uniform(0.6, 0.99), 3)

    embeddings = KnownEmbeddings(vectors)
    docs = lambda: [Document(page_content=text) for text in texts]  # noqa: E731
    kept = lambda documents: [texts.index(document.page_content) for document in documents]  # noqa: E731
    by_k = EmbeddingsFilter(embeddings=embeddings, k=k)
    by_threshold = EmbeddingsFilter(embeddings=embeddings, k=None, similarity_threshold=threshold)
    by_both = EmbeddingsFilter(embeddings=embeddings, k=k, similarity_threshold=threshold)
    redundancy = EmbeddingsRedundantFilter(embeddings=embeddings, similarity_threshold=redundant)
    reranker = CrossEncoderReranker(model=FakeCrossEncoder(), top_n=k)
    pipeline = DocumentCompressorPipeline(transformers=[redundancy, by_threshold, reranker, LongContextReorder()])
    return {
        "texts": texts,
        "query": query,
        "vectors": [vectors[text] for text in texts],
        "queryVector": vectors[query],
        "k": k,
        "similarityThreshold": threshold,
        "redundancyThreshold": redundant,
        "kept": {
            "byK": kept(by_k.compress_documents(docs(), query)),
            "byThreshold": kept(by_threshold.compress_documents(docs(), query)),
            "byBoth": kept(by_both.compress_documents(docs(), query)),
            "redundancy": kept(redundancy.transform_documents(docs())),
            "reranked": kept(reranker.compress_documents(docs(), query)),
            "reordered": kept(LongContextReorder().transform_documents(docs())),
            "pipeline": kept(pipeline.compress_documents(docs(), query)),
        },
        "similarities": [
            float(document.state["query_similarity_score"])
            for document in EmbeddingsFilter(embeddings=embeddings, k=None, similarity_threshold=-2.0).compress_documents(
                docs(), query
            )
        ],
    }


def main() -> None:
    rng = random.Random(11)
    write_golden(
        "packages/retrievers-compression/test/goldens/document-compressors.json",
        "document_compressors.py",
        ["langchain-classic", "langchain-community", "langchain-core", "numpy"],
        [case(rng) for _ in range(40)],
    )


if __name__ == "__main__":
    main()
