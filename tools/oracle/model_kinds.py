"""Writes sentence-transformers' results for tiny static embedders, routers, sparse encoders and multi-vector encoders.

    python tools/oracle/model_kinds.py    # rewrites packages/hf-runtime/test/goldens/models/kinds/*.json

Writes { certificate, seed, files, models, cases }. models[name] = { class, files, tensors, runs }: class is Python's; files are the repository's by
path, JSON or text, where "=KEY" stands for files[KEY] of the golden; tensors[path] says how each weight of a safetensors file is drawn
(seeded_weights.py), or gives { dtype, shape, values } of integers. A run of the texts (`cases`) is { task, options, rows }: task is "query", "document" or null
(encode), options are the call's. `rows` has for each text its vector, float32 in base64; of a sparse encoder { indices, values }, of a multi-vector
encoder the vectors of its tokens one after the other. `similarity` is that of each query with each document, two of them.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
import transformers
from safetensors.torch import save_file
from sentence_transformers import MultiVectorEncoder, SentenceTransformer, SparseEncoder
from transformers import CONFIG_MAPPING, AutoModel, AutoModelForMaskedLM

import tiny_tokenizers as tiny
from golden import write_golden
from model_goldens import FLOAT32, GOLDENS, LIBRARIES, packed
from seeded_weights import recipe, seeded

SEED = 31
TEXTS = [
    "How many people live in Berlin?",
    "",
    "Paris",
    "The Seine runs through Paris, and the Spree runs through Berlin, the capital of Germany.",
    "Où est le café? Zürich, 日本 2024, [SEP] and (so) on!",
]
BERT_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "[unused1]"]
ROBERTA_TOKENS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
SHAPE = {"hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4}
WORDPIECE, BYTE_BPE = 200, 300
CLASSES = {"SentenceTransformer": SentenceTransformer, "SparseEncoder": SparseEncoder, "MultiVectorEncoder": MultiVectorEncoder}

BERT = {"model_type": "bert", "vocab_size": WORDPIECE, "max_position_embeddings": 64, "type_vocab_size": 2, "pad_token_id": 0, **SHAPE}
DISTILBERT = {"model_type": "distilbert", "vocab_size": WORDPIECE, "max_position_embeddings": 64, "pad_token_id": 0,
              "dim": 16, "hidden_dim": 24, "n_layers": 2, "n_heads": 4}
ROBERTA = {"model_type": "roberta", "vocab_size": BYTE_BPE, "max_position_embeddings": 66, "type_vocab_size": 1, "pad_token_id": 1,
           "bos_token_id": 0, "eos_token_id": 2, **SHAPE}
MODERNBERT = {"model_type": "modernbert", "vocab_size": BYTE_BPE, "max_position_embeddings": 64, "pad_token_id": 1, "bos_token_id": 0,
              "eos_token_id": 2, "cls_token_id": 0, "sep_token_id": 2, **SHAPE, "num_hidden_layers": 4, "local_attention": 8}
BERT_TOKENIZER = {"tokenizer_class": "BertTokenizer", "model_max_length": 48, "unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]",
                  "sep_token": "[SEP]", "mask_token": "[MASK]"}
BPE_TOKENIZER = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 48, "unk_token": "<unk>", "pad_token": "<pad>", "cls_token": "<s>",
                 "sep_token": "</s>", "mask_token": "<mask>", "bos_token": "<s>", "eos_token": "</s>"}

FILES = {"SentenceTransformer": "embedders", "SparseEncoder": "sparse", "MultiVectorEncoder": "multi-vector"}

PLACES = {
    "Transformer": "base.modules.transformer", "Dense": "base.modules.dense", "Normalize": "base.modules.normalize", "Router": "base.modules.router",
    "Pooling": "sentence_transformer.modules.pooling", "StaticEmbedding": "sentence_transformer.modules.static_embedding",
    "SpladePooling": "sparse_encoder.modules.splade_pooling", "SparseStaticEmbedding": "sparse_encoder.modules.sparse_static_embedding",
    "SparseAutoEncoder": "sparse_encoder.modules.sparse_auto_encoder", "MultiVectorMask": "multi_vector_encoder.modules.multi_vector_mask",
}
IDENTITY = "torch.nn.modules.linear.Identity"


def type_of(name: str) -> str:
    return f"sentence_transformers.{PLACES[name]}.{name}" if name in PLACES else name


def listed(*modules: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"idx": i, "name": str(i), "path": path, "type": type_of(name)} for i, (name, path) in enumerate(modules)]


def sentence(task: str = "feature-extraction", **more: Any) -> dict[str, Any]:
    output = "logits" if task == "fill-mask" else "last_hidden_state"
    return {"transformer_task": task, "modality_config": {"text": {"method": "forward", "method_output_name": output}},
            "module_output_name": "token_embeddings", **more}


def own(kind: str, **more: Any) -> dict[str, Any]:
    return {"model_type": kind, "prompts": {"query": "", "document": ""}, "default_prompt_name": None, "similarity_fn_name": None, **more}


def at(folder: str, files: dict[str, Any]) -> dict[str, Any]:
    return {f"{folder}/{path}" if folder else path: content for path, content in files.items()}


def transformer(config: dict[str, Any], *, masked: bool = False, folder: str = "", architecture: str | None = None, **settings: Any):
    """Files and tensors of a transformer."""
    classes = AutoModelForMaskedLM if masked else AutoModel
    model = classes.from_config(CONFIG_MAPPING[config["model_type"]].from_dict(dict(config)))
    names = {name: recipe(name, list(value.shape)) for name, value in model.named_parameters()}
    is_bpe = config["vocab_size"] == BYTE_BPE
    files = {
        "config.json": {"architectures": [architecture or type(model).__name__], **config},
        "tokenizer_config.json": BPE_TOKENIZER if is_bpe else BERT_TOKENIZER,
        "tokenizer.json": "=byte_bpe" if is_bpe else "=wordpiece",
        **({"sentence_bert_config.json": sentence("fill-mask" if masked else "feature-extraction", **settings)}),
    }
    return at(folder, files), {at(folder, {"model.safetensors": 0}).popitem()[0]: names}


def dense(folder: str, width: int, out: int, *, feature: str | None = "sentence_embedding", bias: bool = True, **config: Any):
    names = {"in_features": width, "out_features": out, "bias": bias, "activation_function": "torch.nn.modules.activation.Tanh", **config}
    if feature:
        names |= {"module_input_name": feature, "module_output_name": feature}
    tensors = {"linear.weight": f"0 0.4 {out}x{width}", **({"linear.bias": f"0 0.2 {out}"} if bias else {})}
    return {f"{folder}/config.json": names}, {f"{folder}/model.safetensors": tensors}


def normalize(folder: str, feature: str = "sentence_embedding"):
    return {f"{folder}/config.json": {"module_input_name": feature, "module_output_name": feature}}, {}


def static(folder: str, width: int, *, model2vec: bool = False, **more: Any):
    prefix = f"{folder}/" if folder else ""
    table = {"embeddings" if model2vec else "embedding.weight": f"0 1 {WORDPIECE}x{width}", **more}
    return {f"{prefix}tokenizer.json": "=wordpiece"}, {f"{prefix}model.safetensors": table}


def model(kind: str, *parts: tuple[dict[str, Any], dict[str, Any]], runs: list[dict[str, Any]], files: dict[str, Any]) -> dict[str, Any]:
    made = {"class": kind, "files": {}, "tensors": {}, "runs": runs}
    for more_files, more_tensors in parts:
        made["files"] |= more_files
        made["tensors"] |= more_tensors
    made["files"] |= files
    return made


def run(task: str | None = None, **options: Any) -> dict[str, Any]:
    return {"task": task, "options": options}


BOTH = [run("query"), run("document")]
COLBERT = {"feature": "token_embeddings", "bias": False, "activation_function": IDENTITY}
EXPANDED = {"strategy": "fixed", "attend": False, "token": None, "length": 12}


def routes(default: str | None, structure: dict[str, list[str]], types: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"types": {key: type_of(name) for key, name in types.items()}, "structure": structure,
            "parameters": {"default_route": default, "allow_empty_key": default is not None, **more}}


def models() -> dict[str, dict[str, Any]]:
    mapping = {"dtype": "I64", "shape": [WORDPIECE], "values": [i * 7 % 90 for i in range(WORDPIECE)]}
    mask = lambda folder, **config: ({f"{folder}/config.json": {"skiplist_words": [], "skiplist_tasks": ["document"], "keep_only_token_ids": None, **config}}, {})
    return {
        "static embedding": model(
            "SentenceTransformer", static("", 12), runs=[run()],
            files={"modules.json": listed(("StaticEmbedding", "")), "config_sentence_transformers.json": own("SentenceTransformer")},
        ),
        "static embedding of model2vec, with a mapping": model(
            "SentenceTransformer",
            ({"tokenizer.json": "=wordpiece", "config.json": {"model_type": "model2vec", "normalize": True}},
             {"model.safetensors": {"embeddings": "0 1 90x12", "mapping": mapping, "weights": f"1 0.3 {WORDPIECE}"}}),
            runs=[run(), run("query"), run(prompt="Paris: ")],
            files={"modules.json": listed(("StaticEmbedding", "."), ("sentence_transformers.models.Normalize", "1_Normalize")),
                   "config_sentence_transformers.json": {"prompts": {"query": "Where is "}, "truncate_dim": 5}},
        ),
        "static embedding with Dense, cut by its tokenizer": model(
            "SentenceTransformer", static("0_StaticEmbedding", 12), dense("1_Dense", 12, 6), normalize("2_Normalize"), runs=[run()],
            files={"0_StaticEmbedding/tokenizer.json": "=cut",
                   "modules.json": listed(("StaticEmbedding", "0_StaticEmbedding"), ("Dense", "1_Dense"), ("Normalize", "2_Normalize"))},
        ),
        "router of two tables": model(
            "SentenceTransformer", static("query_0_StaticEmbedding", 8), static("document_0_StaticEmbedding", 6), dense("document_1_Dense", 6, 8),
            normalize("1_Normalize"), runs=[run(), *BOTH],
            files={"modules.json": listed(("Router", ""), ("Normalize", "1_Normalize")),
                   "router_config.json": routes("document", {"query": ["query_0_StaticEmbedding"], "document": ["document_0_StaticEmbedding", "document_1_Dense"]},
                                                {"query_0_StaticEmbedding": "StaticEmbedding", "document_0_StaticEmbedding": "StaticEmbedding", "document_1_Dense": "Dense"}),
                   "config_sentence_transformers.json": own("SentenceTransformer", prompts={"query": "Query: ", "document": ""})},
        ),
        "router after a transformer": model(
            "SentenceTransformer", transformer(BERT), ({"1_Pooling/config.json": {"embedding_dimension": 16, "pooling_mode": "mean"}}, {}),
            dense("2_Router/query_0_Dense", 16, 6), dense("2_Router/document_0_Dense", 16, 6), normalize("3_Normalize"), runs=BOTH,
            files={"modules.json": listed(("Transformer", ""), ("Pooling", "1_Pooling"), ("Router", "2_Router"), ("Normalize", "3_Normalize")),
                   "2_Router/router_config.json": routes(None, {"asked": ["query_0_Dense"], "read": ["document_0_Dense"]},
                                                         {"query_0_Dense": "Dense", "document_0_Dense": "Dense"},
                                                         route_mappings={"('query', None)": "asked", "(None, 'text')": "read", "('query', ('image', 'text'))": "read"})},
        ),
        "router of a table and a transformer, as Asym": model(
            "SentenceTransformer", static("0_Asym/query_0", 16), transformer(DISTILBERT, folder="0_Asym/document_0"),
            ({"0_Asym/document_1/config.json": {"embedding_dimension": 16, "pooling_mode": "cls"}}, {}), runs=[run(), *BOTH],
            files={"modules.json": listed(("sentence_transformers.models.Asym", "0_Asym")),
                   "0_Asym/config.json": routes("query", {"query": ["query_0"], "document": ["document_0", "document_1"]},
                                                {"query_0": "StaticEmbedding", "document_0": "Transformer", "document_1": "Pooling"})},
        ),
        "splade": model(
            "SparseEncoder", transformer(BERT, masked=True), runs=[run(), run("query"), run(maxActiveDims=7)],
            files={"modules.json": listed(("Transformer", ""), ("SpladePooling", "1_SpladePooling")),
                   "1_SpladePooling/config.json": {"pooling_strategy": "max", "activation_function": "relu", "embedding_dimension": None},
                   "config_sentence_transformers.json": own("SparseEncoder", prompts={"query": "Where? ", "document": ""}, similarity_fn_name="dot")},
        ),
        "splade of DistilBERT, sums": model(
            "SparseEncoder", transformer(DISTILBERT, masked=True), runs=[run()],
            files={"modules.json": listed(("sentence_transformers.sparse_encoder.models.MLMTransformer", ""), ("SpladePooling", "1_SpladePooling")),
                   "sentence_bert_config.json": {"max_seq_length": 20, "do_lower_case": False},
                   "1_SpladePooling/config.json": {"pooling_strategy": "sum", "activation_function": "log1p_relu", "word_embedding_dimension": WORDPIECE},
                   "config_sentence_transformers.json": own("SparseEncoder", max_active_dims=40)},
        ),
        "splade of RoBERTa": model(
            "SparseEncoder", transformer({**ROBERTA, "tie_word_embeddings": True}, masked=True), runs=[run()],
            files={"modules.json": listed(("Transformer", ""), ("SpladePooling", "1_SpladePooling")),
                   "1_SpladePooling/config.json": {"pooling_strategy": "max", "activation_function": "log1p_relu"},
                   "config_sentence_transformers.json": own("SparseEncoder")},
        ),
        "splade of ModernBERT, untied": model(
            "SparseEncoder", transformer({**MODERNBERT, "tie_word_embeddings": False}, masked=True), runs=[run()],
            files={"modules.json": listed(("Transformer", ""), ("SpladePooling", "1_SpladePooling")),
                   "1_SpladePooling/config.json": {"pooling_strategy": "max", "activation_function": "relu"},
                   "config_sentence_transformers.json": own("SparseEncoder")},
        ),
        "masked language model without modules.json": model("SparseEncoder", transformer(BERT, masked=True), runs=[run()], files={}),
        "splade whose queries need no inference": model(
            "SparseEncoder",
            ({"query_0_SparseStaticEmbedding/config.json": {"frozen": False}, "query_0_SparseStaticEmbedding/tokenizer.json": "=wordpiece",
              "query_0_SparseStaticEmbedding/tokenizer_config.json": BERT_TOKENIZER},
             {"query_0_SparseStaticEmbedding/model.safetensors": {"weight": f"1 0.4 {WORDPIECE}"}}),
            transformer(BERT, masked=True, folder="document_0_Transformer"), runs=BOTH,
            files={"modules.json": listed(("Router", "")),
                   "document_1_SpladePooling/config.json": {"pooling_strategy": "max", "activation_function": "relu"},
                   "router_config.json": routes("document", {"query": ["query_0_SparseStaticEmbedding"], "document": ["document_0_Transformer", "document_1_SpladePooling"]},
                                                {"query_0_SparseStaticEmbedding": "SparseStaticEmbedding", "document_0_Transformer": "Transformer", "document_1_SpladePooling": "SpladePooling"}),
                   "config_sentence_transformers.json": own("SparseEncoder")},
        ),
        "sparse autoencoder": model(
            "SparseEncoder", transformer(BERT), ({"1_Pooling/config.json": {"embedding_dimension": 16, "pooling_mode": "mean"}}, {}),
            ({"2_SparseAutoEncoder/config.json": {"input_dim": 16, "hidden_dim": 40, "k": 6, "k_aux": 8, "normalize": True, "dead_threshold": 30}},
             {"2_SparseAutoEncoder/model.safetensors": {"pre_bias": "0 0.2 16", "latent_bias": "0 0.2 40", "encoder.weight": "0 0.4 40x16",
                                                        "stats_last_nonzero": {"dtype": "I64", "shape": [40], "values": [0] * 40}}}),
            runs=[run(), run(maxActiveDims=3)],
            files={"modules.json": listed(("Transformer", ""), ("Pooling", "1_Pooling"), ("SparseAutoEncoder", "2_SparseAutoEncoder")),
                   "config_sentence_transformers.json": own("SparseEncoder", similarity_fn_name="cosine")},
        ),
        "multi-vector": model(
            "MultiVectorEncoder", transformer(BERT, query_expansion=EXPANDED, document_length=20), dense("1_Dense", 16, 6, **COLBERT),
            normalize("2_Normalize", "token_embeddings"), mask("3_MultiVectorMask", skiplist_words=list(",.!?()")), runs=BOTH,
            files={"modules.json": listed(("Transformer", ""), ("Dense", "1_Dense"), ("Normalize", "2_Normalize"), ("MultiVectorMask", "3_MultiVectorMask")),
                   "config_sentence_transformers.json": own("MultiVectorEncoder", prompts={"query": "people ", "document": "city "})},
        ),
        "multi-vector with an expansion that is attended to": model(
            "MultiVectorEncoder", transformer(MODERNBERT, query_expansion={**EXPANDED, "strategy": "min", "attend": True, "token": "</s>"}, query_length=16),
            dense("1_Dense", 16, 6, **COLBERT), mask("2_MultiVectorMask", skiplist_words=[","], skiplist_tasks=["query", "document"]),
            normalize("3_Normalize", "token_embeddings"), runs=BOTH,
            files={"modules.json": listed(("Transformer", ""), ("Dense", "1_Dense"), ("MultiVectorMask", "2_MultiVectorMask"), ("Normalize", "3_Normalize")),
                   "config_sentence_transformers.json": own("MultiVectorEncoder", similarity_fn_name="meanmaxsim")},
        ),
        "multi-vector as PyLate saves it": model(
            "MultiVectorEncoder", transformer(BERT), dense("1_Dense", 16, 6, feature=None, bias=False, activation_function=IDENTITY), runs=BOTH,
            files={"modules.json": listed(("sentence_transformers.models.Transformer", ""), ("pylate.models.Dense.Dense", "1_Dense")),
                   "tokenizer.json": "=marked",
                   "sentence_bert_config.json": {"max_seq_length": 23, "do_lower_case": False},
                   "config_sentence_transformers.json": {
                       "model_type": "ColBERT", "query_prefix": "[unused0]", "document_prefix": "[unused1]", "query_length": 14, "document_length": 18,
                       "attend_to_expansion_tokens": False, "do_query_expansion": True, "similarity_fn_name": "MaxSim", "prompts": {}}},
        ),
        "multi-vector of Stanford": model(
            "MultiVectorEncoder", transformer({**BERT, "model_type": "bert"}, architecture="HF_ColBERT"), runs=BOTH,
            files={"tokenizer.json": "=marked", "artifact.metadata": {"query_token_id": "[unused0]", "doc_token_id": "[unused1]", "query_maxlen": 10, "doc_maxlen": 16, "mask_punctuation": True,
                                         "attend_to_mask_tokens": True}},
        ),
    }


def write_repository(folder: Path, made: dict[str, Any], shared: dict[str, Any]) -> None:
    for path, content in made["files"].items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        content = shared[content[1:]] if isinstance(content, str) and content.startswith("=") else content
        target.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    for path, names in made["tensors"].items():
        drawn = {}
        for name, spec in names.items():
            drawn[name] = seeded(name, SEED, spec) if isinstance(spec, str) else torch.tensor(spec["values"], dtype=torch.int64).reshape(spec["shape"])
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        save_file(drawn, folder / path, {"format": "pt"})


def vectors_of(kind: str, encoder: Any, one: dict[str, Any]) -> list[Any]:
    names = {"promptName": "prompt_name", "prompt": "prompt", "maxActiveDims": "max_active_dims"}
    python = {names[key]: value for key, value in one["options"].items()}
    encode = {"query": encoder.encode_query, "document": encoder.encode_document, None: encoder.encode}[one["task"]]
    if kind == "SparseEncoder":
        rows = encode(TEXTS, batch_size=2, convert_to_sparse_tensor=False, **python).numpy()
        return [{"indices": " ".join(map(str, row.nonzero()[0])), "values": packed(row[row.nonzero()[0]])} for row in rows]
    return [packed(vectors) for vectors in encode(TEXTS, batch_size=2, **python)]


def similarity_of(kind: str, encoder: Any) -> list[Any] | None:
    if kind == "SentenceTransformer":
        return None
    return encoder.similarity(encoder.encode_query(TEXTS[:2]), encoder.encode_document(TEXTS)).tolist()


def main() -> None:
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    plain = json.loads(tiny.wordpiece(BERT_TOKENS).to_str())
    cut = tiny.wordpiece(BERT_TOKENS)
    cut.enable_truncation(4, direction="left")
    # As BERT's own: the unused tokens are words like others.
    marked = {**plain, "added_tokens": [token for token in plain["added_tokens"] if "unused" not in token["content"]]}
    shared = {"wordpiece": plain, "cut": json.loads(cut.to_str()), "marked": marked,
              "byte_bpe": json.loads(tiny.byte_bpe(ROBERTA_TOKENS, roberta=True).to_str())}
    made = models()
    # Stanford's projection is in the file of the transformer, which has a name in front.
    stanford = made["multi-vector of Stanford"]
    names = {f"bert.{name}": drawn for name, drawn in stanford["tensors"]["model.safetensors"].items()}
    stanford["tensors"]["model.safetensors"] = {**names, "linear.weight": "0 0.4 6x16"}
    del stanford["files"]["sentence_bert_config.json"]
    del made["masked language model without modules.json"]["files"]["sentence_bert_config.json"]
    with tempfile.TemporaryDirectory() as temporary:
        for i, (name, one) in enumerate(made.items()):
            folder = Path(temporary) / str(i)
            write_repository(folder, one, shared)
            encoder = CLASSES[one["class"]](str(folder), device="cpu", model_kwargs=FLOAT32, local_files_only=True)
            one["runs"] = [{**each, "rows": vectors_of(one["class"], encoder, each)} for each in one["runs"]]
            if (similarity := similarity_of(one["class"], encoder)) is not None:
                one["similarity"] = similarity
    for kind, file in FILES.items():
        chosen = {name: one for name, one in made.items() if one["class"] == kind}
        text = json.dumps(chosen)
        files = {key: content for key, content in shared.items() if f'"={key}"' in text}
        write_golden(f"{GOLDENS}/kinds/{file}.json", Path(__file__).name, LIBRARIES, TEXTS, seed=SEED, files=files, models=chosen)


if __name__ == "__main__":
    main()
