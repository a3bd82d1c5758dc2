"""Writes the results of LangChain's Hugging Face classes with the tiny models: scores, rerankings and vectors.

Writes a golden into each package that has the class of that name in TypeScript:
cross-encoders         cases of { model, maxLength?, pairs, scores }: HuggingFaceCrossEncoder.score
retrievers-compression cases of { model, query, texts, topN, kept }: CrossEncoderReranker over it; kept are indices
embeddings-hf          cases of { model, options, query, texts, queryVector, vectors }: HuggingFaceEmbeddings; options are
                       { normalize?, documentPromptName?, documentPrompt?, queryPromptName?, queryPrompt? }
Model names are folders of packages/hf-runtime/test/fixtures/models, or one of its variants.json.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
warnings.filterwarnings("ignore", category=DeprecationWarning)

import torch  # noqa: E402
from golden import REPOSITORY, write_golden  # noqa: E402
from langchain_classic.retrievers.document_compressors import CrossEncoderReranker  # noqa: E402
from langchain_community.cross_encoders import HuggingFaceCrossEncoder  # noqa: E402
from langchain_core.documents import Document  # noqa: E402
from langchain_huggingface import HuggingFaceEmbeddings  # noqa: E402
from tiny_variants import VARIANTS, write_variant  # noqa: E402

MODELS = REPOSITORY / "packages/hf-runtime/test/fixtures/models"
LIBRARIES = ["langchain-classic", "langchain-community", "langchain-huggingface", "sentence-transformers", "torch"]
# Left alone, transformers computes in the format that the weights are stored in; ours is float32 for all of them.
FLOAT32 = {"model_kwargs": {"dtype": torch.float32}}

QUERY = "Which river runs through the capital of Germany?"
TEXTS = [
    "The Seine runs through Paris.",
    "The Spree runs through Berlin, the capital of Germany.",
    "Bananas ripen faster in a paper bag.",
    "",
    "Berlin has about 3.6 million inhabitants.\nIt lies on the Spree.\n",
    "Où est le café? Zürich, 日本 2024.",
    "The Spree runs through Berlin, the capital of Germany. " * 12,
    "  Germany  ",
]
PAIRS = [[QUERY, text] for text in TEXTS] + [["", ""], ["capital", TEXTS[1]], [TEXTS[6], "river"]]

CROSS_ENCODERS = [
    {"model": "bert-cross-encoder"},
    {"model": "bert-cross-encoder", "maxLength": 20},
    {"model": "activation-absent"},
    {"model": "activation-in-config"},
    {"model": "xlm-roberta"},
    {"model": "deberta-v2"},
    {"model": "albert"},
    {"model": "electra"},
    {"model": "distilbert"},
    {"model": "roberta"},
]

EMBEDDERS = [
    {"model": "bert-encoder", "options": {}},
    {"model": "bert-encoder", "options": {"documentPrompt": "text: "}},
    {"model": "bert-encoder", "options": {"documentPrompt": "text: ", "queryPrompt": "what: "}},
    {"model": "prompts", "options": {}},
    {"model": "prompts", "options": {"documentPromptName": "document"}},
    {"model": "prompts", "options": {"documentPromptName": "document", "queryPromptName": "query"}},
    {"model": "prompts-not-pooled", "options": {"queryPromptName": "query"}},
    {"model": "pool-cls", "options": {}},
    {"model": "pool-cls", "options": {"normalize": True}},
    {"model": "dense-tanh", "options": {}},
    {"model": "truncate-dim", "options": {}},
    {"model": "no-modules", "options": {}},
]


def folder_of(name: str, scratch: Path) -> str:
    variant = next((one for one in VARIANTS if one["name"] == name), None)
    if variant is None:
        return str(MODELS / name)
    folder = scratch / name
    return str(folder if folder.exists() else write_variant(variant, MODELS, folder))


def encode_kwargs(options: dict[str, Any], side: str) -> dict[str, Any]:
    names = {f"{side}Prompt": "prompt", f"{side}PromptName": "prompt_name"}
    kwargs = {names[key]: value for key, value in options.items() if key in names}
    # LangChain takes the query's arguments whole or not at all, so normalisation goes with them.
    if options.get("normalize") and (kwargs or side == "document"):
        kwargs["normalize_embeddings"] = True
    return kwargs


def score_cases(scratch: Path) -> list[dict[str, Any]]:
    cases = []
    for case in CROSS_ENCODERS:
        kwargs = {"max_length": case["maxLength"]} if "maxLength" in case else {}
        model = HuggingFaceCrossEncoder(model_name=folder_of(case["model"], scratch), model_kwargs={**kwargs, **FLOAT32})
        scores = [float(score) for score in model.score([tuple(pair) for pair in PAIRS])]
        cases.append({**case, "pairs": PAIRS, "scores": scores})
    return cases


def rerank_cases(scratch: Path) -> list[dict[str, Any]]:
    cases = []
    for name in ("bert-cross-encoder", "activation-absent", "electra", "distilbert"):
        model = HuggingFaceCrossEncoder(model_name=folder_of(name, scratch), model_kwargs=FLOAT32)
        for top_n in (1, 3, 20):
            documents = [Document(page_content=text, metadata={"index": i}) for i, text in enumerate(TEXTS)]
            best = CrossEncoderReranker(model=model, top_n=top_n).compress_documents(documents, QUERY)
            kept = [document.metadata["index"] for document in best]
            cases.append({"model": name, "query": QUERY, "texts": TEXTS, "topN": top_n, "kept": kept})
    return cases


def embedding_cases(scratch: Path) -> list[dict[str, Any]]:
    cases = []
    for case in EMBEDDERS:
        embeddings = HuggingFaceEmbeddings(
            model_name=folder_of(case["model"], scratch),
            model_kwargs=FLOAT32,
            encode_kwargs=encode_kwargs(case["options"], "document"),
            query_encode_kwargs=encode_kwargs(case["options"], "query"),
        )
        cases.append(
            {
                **case,
                "query": QUERY,
                "texts": TEXTS,
                "queryVector": rounded(embeddings.embed_query(QUERY)),
                "vectors": [rounded(vector) for vector in embeddings.embed_documents(TEXTS)],
            }
        )
    return cases


def rounded(vector: list[float]) -> list[float]:
    """Nine digits say a float32 exactly."""
    return [float(f"{value:.9g}") for value in vector]


def main() -> None:
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as scratch:
        for package, name, cases in (
            ("cross-encoders", "hugging-face-cross-encoder", score_cases),
            ("retrievers-compression", "cross-encoder-reranker", rerank_cases),
            ("embeddings-hf", "hugging-face-embeddings", embedding_cases),
        ):
            path = f"packages/{package}/test/goldens/{name}.json"
            write_golden(path, "langchain_models.py", LIBRARIES, cases(Path(scratch)))


if __name__ == "__main__":
    main()
