"""Writes the options of the classes of LangChain and sentence-transformers that docs/guide/17 compares with ours, with their defaults."""

from __future__ import annotations

import importlib
import inspect
import warnings
from typing import Any

from pydantic_core import PydanticUndefined

from golden import write_golden

warnings.simplefilter("ignore")

# Module, class, methods. Options that every LangChain component has are left out.
CLASSES = [
    ("langchain_community.document_loaders", "TextLoader", []),
    ("langchain_community.document_loaders", "DirectoryLoader", []),
    ("langchain_text_splitters", "TextSplitter", []),
    ("langchain_text_splitters", "CharacterTextSplitter", []),
    ("langchain_text_splitters", "RecursiveCharacterTextSplitter", []),
    ("langchain_text_splitters", "TokenTextSplitter", []),
    ("langchain_text_splitters", "SentenceTransformersTokenTextSplitter", []),
    ("langchain_text_splitters", "MarkdownHeaderTextSplitter", []),
    ("langchain_text_splitters", "HTMLHeaderTextSplitter", []),
    ("langchain_text_splitters", "RecursiveJsonSplitter", []),
    ("langchain_experimental.text_splitter", "SemanticChunker", []),
    ("langchain_huggingface", "HuggingFaceEmbeddings", []),
    (
        "langchain_community.vectorstores",
        "FAISS",
        [
            "from_texts",
            "from_documents",
            "from_embeddings",
            "add_texts",
            "add_documents",
            "add_embeddings",
            "delete",
            "get_by_ids",
            "merge_from",
            "similarity_search",
            "similarity_search_with_score",
            "similarity_search_by_vector",
            "similarity_search_with_score_by_vector",
            "similarity_search_with_relevance_scores",
            "max_marginal_relevance_search",
            "max_marginal_relevance_search_by_vector",
            "max_marginal_relevance_search_with_score_by_vector",
            "search",
            "as_retriever",
            "save_local",
            "load_local",
            "serialize_to_bytes",
            "deserialize_from_bytes",
        ],
    ),
    ("langchain_core.vectorstores", "VectorStoreRetriever", []),
    ("langchain_community.retrievers", "BM25Retriever", ["from_texts", "from_documents"]),
    ("langchain_classic.retrievers", "EnsembleRetriever", []),
    ("langchain_classic.retrievers", "ContextualCompressionRetriever", []),
    ("langchain_classic.retrievers.document_compressors", "CrossEncoderReranker", []),
    ("langchain_classic.retrievers.document_compressors", "DocumentCompressorPipeline", []),
    ("langchain_classic.retrievers.document_compressors", "EmbeddingsFilter", []),
    ("langchain_community.document_transformers", "EmbeddingsRedundantFilter", []),
    ("langchain_community.document_transformers", "LongContextReorder", []),
    ("langchain_community.cross_encoders", "HuggingFaceCrossEncoder", []),
    ("langchain_community.cross_encoders", "SagemakerEndpointCrossEncoder", []),
    ("sentence_transformers", "CrossEncoder", ["predict", "rank"]),
]
COMMON = {"self", "name", "tags", "metadata"}


def written(default: Any) -> str:
    """A default as Python writes it; "" for what has to be given."""
    if default is inspect.Parameter.empty:
        return ""
    if callable(default):
        return getattr(default, "__name__", "function")
    if type(default).__module__ != "builtins":
        return getattr(default, "name", None) or f"{type(default).__name__}()"
    return repr(default).replace("'", '"')


def options(cls: type) -> list[list[str]]:
    if hasattr(cls, "model_fields"):
        return [[name, of_field(field)] for name, field in cls.model_fields.items() if name not in COMMON]
    parameters = inspect.signature(cls.__init__).parameters.values()
    return [[p.name, written(p.default)] for p in parameters if p.name not in COMMON and p.kind is not p.VAR_KEYWORD]


def of_field(field: Any) -> str:
    if field.is_required():
        return ""
    if field.default is not PydanticUndefined:
        return written(field.default)
    return f"{field.default_factory.__name__}()" if field.default_factory in (dict, list) else written(field.default_factory)


def signature(cls: type, method: str) -> str:
    parts = []
    for parameter in inspect.signature(getattr(cls, method)).parameters.values():
        if parameter.name == "self" or parameter.kind is parameter.VAR_KEYWORD:
            continue
        default = written(parameter.default)
        parts.append(parameter.name if default == "" else f"{parameter.name}={default}")
    return f"{method}({', '.join(parts)})"


def main() -> None:
    cases = []
    for module, name, methods in CLASSES:
        cls = getattr(importlib.import_module(module), name)
        cases.append({"class": name, "options": options(cls), "methods": [signature(cls, m) for m in methods]})
    libraries = [
        "langchain-classic",
        "langchain-community",
        "langchain-core",
        "langchain-experimental",
        "langchain-huggingface",
        "langchain-text-splitters",
        "sentence-transformers",
    ]
    write_golden("scripts/test/docs/goldens/langchain-signatures.json", "langchain_signatures.py", libraries, cases)


if __name__ == "__main__":
    main()
