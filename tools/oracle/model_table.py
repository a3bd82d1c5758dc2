"""Writes small repositories with the shapes of well-known rerankers and embedders, and sentence-transformers' results for them.

    python tools/oracle/model_table.py [NAME ...]   # rewrites packages/hf-runtime/test/goldens/table/NAME.json; all by default

A shape's config.json has the defaults of its class in transformers, the published values that the models' table gives (`published`), and
sizes that make it small (`small`); the golden says which keys are which, and all others are the class's. Weights are drawn from a seed
(seeded_weights.py). A golden: { certificate, class, published, small, loader, seed, files, tensors, experimental?, cases }. files are JSON or text by
path, where "=KEY" stands for files[KEY] of tokenizers.json; tensors are recipes by file and name; cases are logits of pairs, or vectors
of texts, by sentence-transformers. "experimental" shapes are of code that is only on the hub: their cases are our own transcription's, or null. `tokens`, of rerankers with a head for tokens:
{ pair, logit, relevance, bounds } of the passage's tokens, bounds in UTF-16 units.
packages/hf-runtime/test/fixtures/model-table says which models have which shapes.
"""

from __future__ import annotations

import json
import logging
import os
import string
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
import transformers
from safetensors.torch import load_file, save_file
from sentence_transformers import CrossEncoder, MultiVectorEncoder, SentenceTransformer, SparseEncoder
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.cross_encoder.modules import LogitScore
from sentence_transformers.multi_vector_encoder.modules import MultiVectorMask
from sentence_transformers.sentence_transformer.modules import LayerNorm, Pooling, StaticEmbedding
from sentence_transformers.sparse_encoder.modules import SpladePooling
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import CONFIG_MAPPING, AutoModel, AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForSequenceClassification, AutoTokenizer

import hub_architectures
import tiny_tokenizers as tiny
from decoder_goldens import recipe_of
from golden import REPOSITORY, write_golden
from model_goldens import FLOAT32
from seeded_weights import recipe, seeded
from token_offsets import units_of

FOLDER = "packages/hf-runtime/test/goldens/table"
LIBRARIES = ["torch", "transformers", "sentence-transformers", "tokenizers"]
SEED = 31

PAIRS = [
    ("How many people live in Berlin?", "About 3.6 million people live in the city."),
    ("How many people live in Berlin?", "The Seine runs through Paris."),
    ("Où est la gare?", "Zürich liegt am See; die Straße führt über die Brücke."),
]
TEXTS = [PAIRS[0][0], PAIRS[0][1], "Windows have edges."]

# Tokenizers ------------------------------------------------------------------------------------------------------------------------

BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
BERT_NAMES = {"cls_token": "[CLS]", "sep_token": "[SEP]", "unk_token": "[UNK]", "pad_token": "[PAD]", "mask_token": "[MASK]"}
XLMR = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
XLMR_NAMES = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"}
NO_TYPES = {"model_input_names": ["input_ids", "attention_mask"]}
QWEN = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|embed_token|>", "<|rerank_token|>", "yes", "no", "Yes", "1", "0"]
GEMMA = ["<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>", "Yes"]
LLAMA = ["<unk>", "<s>", "</s>", "Yes"]
# How Qwen's tokenizers split before bytes: each digit apart.
QWEN_SPLIT = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def end_with(tokenizer: Tokenizer, single: str, pair: str) -> Tokenizer:
    names = {part.split(":")[0] for part in f"{single} {pair}".split() if not part.startswith("$")}
    ids = [(name, tokenizer.token_to_id(name)) for name in sorted(names)]
    tokenizer.post_processor = processors.TemplateProcessing(single=single, pair=pair, special_tokens=ids)
    return tokenizer


def qwen() -> Tokenizer:
    tokenizer = tiny.byte_bpe(QWEN, roberta=None)
    split = pre_tokenizers.Split(Regex(QWEN_SPLIT), "isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    return tokenizer


def sentencepiece_bpe(specials: list[str]) -> Tokenizer:
    """With ▁ for spaces and bytes for what is unknown, as Gemma's and Llama's."""
    pieces = [piece for line in tiny.CORPUS for piece in line.replace(" ", " ▁").split()]
    merges = tiny.merges_of(pieces, 60)
    entries = [*specials, *(f"<0x{byte:02X}>" for byte in range(256)), *sorted(set("".join(pieces))), *map("".join, merges)]
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys(entries))}
    tokenizer = Tokenizer(models.BPE(vocabulary, merges, unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.add_special_tokens([AddedToken(name, normalized=False, special=True) for name in specials])
    return tokenizer


def t5() -> Tokenizer:
    tokenizer = tiny.unigram(["<pad>", "</s>", "<unk>"], cls="</s>", sep="</s>", double_sep=False)
    tokenizer.normalizer = None
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), tokenizer.pre_tokenizer])
    # Each is a word of the vocabulary: a reranker answers with it.
    tokenizer.add_tokens(["▁true", "▁false", "▁yes", "▁no"])
    return end_with(tokenizer, "$A </s>", "$A </s> $B </s>")


def with_end(tokenizer: Tokenizer, end: str) -> Tokenizer:
    return end_with(tokenizer, f"$A {end}", f"$A {end} $B {end}")


def deberta() -> Tokenizer:
    return tiny.unigram(["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"], cls="[CLS]", sep="[SEP]", double_sep=False)


# name: the tokenizer, and tokenizer_config.json
TOKENIZERS: dict[str, tuple[Callable[[], Tokenizer], dict[str, Any]]] = {
    "bert": (lambda: tiny.wordpiece(BERT), {"tokenizer_class": "BertTokenizer", "do_lower_case": True, **BERT_NAMES}),
    "distilbert": (lambda: tiny.wordpiece(BERT), {"tokenizer_class": "DistilBertTokenizer", "do_lower_case": True, **BERT_NAMES}),
    "electra": (lambda: tiny.wordpiece(BERT), {"tokenizer_class": "ElectraTokenizer", "do_lower_case": True, **BERT_NAMES}),
    "mpnet": (
        lambda: tiny.wordpiece(["<s>", "<pad>", "</s>", "<unk>", "[UNK]", "<mask>"], cls="<s>", sep="</s>", double_sep=True),
        {"tokenizer_class": "MPNetTokenizer", "do_lower_case": True, **XLMR_NAMES, "unk_token": "[UNK]"},
    ),
    "xlm-roberta": (
        lambda: tiny.unigram(XLMR, cls="<s>", sep="</s>", double_sep=True), {"tokenizer_class": "XLMRobertaTokenizer", **XLMR_NAMES},
    ),
    "camembert": (
        lambda: tiny.unigram(XLMR, cls="<s>", sep="</s>", double_sep=True), {"tokenizer_class": "CamembertTokenizer", **XLMR_NAMES},
    ),
    "roberta": (lambda: tiny.byte_bpe(XLMR, roberta=True), {"tokenizer_class": "RobertaTokenizer", **XLMR_NAMES}),
    "modernbert": (lambda: tiny.byte_bpe(BERT, roberta=False), {"tokenizer_class": "PreTrainedTokenizerFast", **BERT_NAMES, **NO_TYPES}),
    "ruri": (
        lambda: tiny.unigram(XLMR, cls="<s>", sep="</s>", double_sep=False),
        {"tokenizer_class": "PreTrainedTokenizerFast", **XLMR_NAMES, **NO_TYPES},
    ),
    "deberta-v2": (deberta, {"tokenizer_class": "DebertaV2Tokenizer", **BERT_NAMES}),
    "deberta": (lambda: tiny.byte_bpe(BERT, roberta=False), {"tokenizer_class": "DebertaTokenizer", **BERT_NAMES}),
    "t5": (t5, {"tokenizer_class": "T5Tokenizer", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>", "extra_ids": 0}),
    "qwen": (qwen, {"tokenizer_class": "Qwen2Tokenizer", "pad_token": "<|endoftext|>", "eos_token": "<|im_end|>", "padding_side": "left"}),
    "qwen-end": (
        lambda: with_end(qwen(), "<|endoftext|>"),
        {"tokenizer_class": "Qwen2Tokenizer", "pad_token": "<|endoftext|>", "eos_token": "<|im_end|>", "padding_side": "left"},
    ),
    "gemma": (
        lambda: end_with(sentencepiece_bpe(GEMMA), "<bos> $A", "<bos> $A <bos>:1 $B:1"),
        {"tokenizer_class": "GemmaTokenizer", "pad_token": "<pad>", "eos_token": "<eos>", "bos_token": "<bos>", "unk_token": "<unk>", "padding_side": "left"},
    ),
    "gemma-end": (
        lambda: end_with(sentencepiece_bpe(GEMMA), "<bos> $A <eos>", "<bos> $A <eos> <bos>:1 $B:1 <eos>:1"),
        {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "<pad>", "eos_token": "<eos>", "bos_token": "<bos>", "unk_token": "<unk>", **NO_TYPES},
    ),
    "llama": (
        lambda: end_with(sentencepiece_bpe(LLAMA), "<s> $A </s>", "<s> $A </s> $B </s>"),
        {"tokenizer_class": "LlamaTokenizer", "pad_token": "</s>", "eos_token": "</s>", "bos_token": "<s>", "unk_token": "<unk>", "add_eos_token": True, "padding_side": "left"},
    ),
    "llama3": (
        lambda: end_with(tiny.byte_bpe(["<|begin_of_text|>", "<|end_of_text|>", "[PAD]"], roberta=None), "<|begin_of_text|> $A", "<|begin_of_text|> $A $B"),
        {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<|begin_of_text|>", "eos_token": "<|end_of_text|>", "pad_token": "[PAD]", "padding_side": "left", **NO_TYPES},
    ),
}  # fmt: skip
MAX_LENGTH = 128
# A list of documents, with what is said around it.
MAX_LENGTHS = {"jina-listwise": 4096}


def tokenizer_files(name: str) -> dict[str, Any]:
    make, config = TOKENIZERS[name]
    return {"tokenizer.json": json.loads(make().to_str()), "tokenizer_config.json": {"model_max_length": MAX_LENGTH, **config}}


# Shapes ----------------------------------------------------------------------------------------------------------------------------

ONE = {"num_labels": 1}
THREE = {"num_labels": 3}
IDENTITY = {"sbert_ce_default_activation_function": "torch.nn.modules.linear.Identity"}
XLMR_IDS = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2}
XLMR_CONFIG = {"type_vocab_size": 1, "layer_norm_eps": 1e-5, **XLMR_IDS}
SIZES = {"hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 40}
DEBERTA = {"hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 40}
GROUPED = {**SIZES, "num_key_value_heads": 2}
T5 = {"d_model": 24, "d_kv": 6, "d_ff": 40, "num_layers": 2, "num_heads": 4}
DISTIL = {"dim": 24, "n_layers": 2, "n_heads": 4, "hidden_dim": 40}
DEBERTA_V3 = {
    "relative_attention": True, "position_buckets": 256, "norm_rel_ebd": "layer_norm", "share_att_key": True, "pos_att_type": ["p2c", "c2p"],
    "position_biased_input": False, "max_relative_positions": -1, "type_vocab_size": 0, "layer_norm_eps": 1e-7,
}  # fmt: skip
QWEN3 = {"tie_word_embeddings": True, "rope_theta": 1_000_000.0, "rms_norm_eps": 1e-6, "max_position_embeddings": 40_960}
OPEN_PROVENCE = {
    "model_type": "open_provence", "architectures": ["OpenProvenceForSequenceClassification"], "max_length": 64, "num_labels": 1, "num_pruning_labels": 2,
    "default_threadshold": 0.25,
}  # fmt: skip
QWEN_IDS = {"pad_token_id": 0, "eos_token_id": 2, "bos_token_id": 0}
LLAMA3_ROPE = {"rope_scaling": {"rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}

# As Qwen3-Reranker's: the instruction is the system's message, and the answer is read after the last newlines but one.
JUDGE = """<|im_start|>system
Say yes or no: does the text answer?<|im_end|>
<|im_start|>user
{% set asked = messages | selectattr("role", "eq", "system") | map(attribute="content") | first -%}
<Instruct>: {{ asked | default("Find the text that answers", true) }}
<Query>: {{ messages | selectattr("role", "eq", "query") | map(attribute="content") | first }}
<Document>: {{ messages | selectattr("role", "eq", "document") | map(attribute="content") | first }}<|im_end|>
<|im_start|>assistant
<think>

</think>


"""

Heads = Callable[[Any], list[Any]]


def pooled(mode: str, *after: Any) -> Heads:
    """Pooling, then modules made of the width that reaches them."""

    def heads(width: int) -> list[Any]:
        made: list[Any] = [Pooling(width, mode)]
        for make in after:
            made.append(make(width))
            width = getattr(made[-1], "out_features", width)
        return made

    return heads


def norm(_: int) -> Normalize:
    return Normalize()


def dense(out: int, activation: torch.nn.Module, bias: bool = True) -> Callable[[int], Dense]:
    return lambda width: Dense(width, out, bias=bias, activation_function=activation)


def ettin(width: int) -> list[Any]:
    linear = Dense(width, 1, activation_function=torch.nn.Identity(), module_output_name="scores")
    return [Pooling(width, "cls"), Dense(width, width, bias=False, activation_function=torch.nn.GELU()), LayerNorm(width), linear]


def colbert(width: int) -> list[Any]:
    linear = Dense(
        width, 8, bias=False, activation_function=torch.nn.Identity(), module_input_name="token_embeddings", module_output_name="token_embeddings")
    return [linear, Normalize("token_embeddings"), MultiVectorMask()]


def answers(true: str, false: str | None = None) -> Heads:
    return lambda tokenizer: [LogitScore(*(tokenizer.convert_tokens_to_ids(word) for word in (true, false) if word))]


CLASSIFIER, CAUSAL, MASKED, BARE = AutoModelForSequenceClassification, AutoModelForCausalLM, AutoModelForMaskedLM, AutoModel


def shape(kind: str, auto: Any, tokenizer: str, published: dict[str, Any], small: dict[str, Any] = SIZES, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "auto": auto, "tokenizer": tokenizer, "published": published, "small": small, **more}


def reranker(kind: str, tokenizer: str, published: dict[str, Any], small: dict[str, Any] = SIZES, **more: Any) -> dict[str, Any]:
    return shape(kind, CLASSIFIER, tokenizer, published, small, loader="cross-encoder", **more)


def judge(kind: str, tokenizer: str, published: dict[str, Any], small: dict[str, Any], heads: Heads | None, template: str | None) -> dict[str, Any]:
    files = {"chat_template.jinja": template} if template else {}
    return shape(kind, CAUSAL, tokenizer, published, small, loader="cross-encoder", heads=heads, files=files, task="text-generation")


def vision_judge(kind: str, text: dict[str, Any], vision: dict[str, Any]) -> dict[str, Any]:
    """A reranker that reads images, too. Its processor, which is not used, needs pillow and torchvision."""
    published = {"text_config": {**GROUPED, **text}, "vision_config": {"depth": 1, "num_heads": 2, "patch_size": 2, **vision}, "tie_word_embeddings": True}
    made = judge(kind, "qwen", published, {}, answers("yes", "no"), JUDGE)
    return {**made, "auto": transformers.AutoModelForMultimodalLM, "task": "any-to-any"}


def embedder(kind: str, tokenizer: str, published: dict[str, Any], heads: Heads, small: dict[str, Any] = SIZES, auto: Any = BARE, **more: Any) -> dict[str, Any]:
    return shape(kind, auto, tokenizer, published, small, loader="encoder", heads=heads, **more)


def hub(name: str, tokenizer: str, loader: str, **more: Any) -> dict[str, Any]:
    """A model whose code is on the hub alone: configuration and weights of hub_architectures.py."""
    return {"hub": name, "tokenizer": tokenizer, "loader": loader, "published": {}, "small": {}, **more}


MEAN, CLS, LAST = pooled("mean"), pooled("cls"), pooled("lasttoken")

SHAPES: dict[str, dict[str, Any]] = {
    "bert-reranker": reranker("bert", "bert", {**ONE, **IDENTITY}),
    "bert-reranker-two-labels": reranker("bert", "bert", {"num_labels": 2}),
    "xlm-roberta-reranker": reranker("xlm-roberta", "xlm-roberta", {**XLMR_CONFIG, "max_position_embeddings": 514, **ONE}),
    "xlm-roberta-reranker-long": reranker("xlm-roberta", "xlm-roberta", {**XLMR_CONFIG, "max_position_embeddings": 8194, **ONE}),
    "electra-reranker": reranker("electra", "electra", ONE, {**SIZES, "embedding_size": 24}),
    "camembert-reranker": reranker("camembert", "camembert", {**XLMR_CONFIG, "max_position_embeddings": 514, **ONE}),
    "roberta-reranker": reranker("roberta", "roberta", {**XLMR_CONFIG, "max_position_embeddings": 514, **ONE}),
    "roberta-nli": reranker("roberta", "roberta", {**XLMR_CONFIG, "max_position_embeddings": 514, **THREE}),
    "modernbert-reranker": reranker(
        "modernbert", "modernbert", {**ONE, "classifier_pooling": "mean", "pad_token_id": 0, "cls_token_id": 2, "bos_token_id": 2, "sep_token_id": 3, "eos_token_id": 3}),
    "ruri-reranker": reranker(
        "modernbert", "ruri", {**ONE, "pad_token_id": 1, "cls_token_id": 0, "bos_token_id": 0, "sep_token_id": 2, "eos_token_id": 2}),
    "deberta-v3-reranker": reranker("deberta-v2", "deberta-v2", {**DEBERTA_V3, **ONE}),
    "deberta-v3-nli": reranker("deberta-v2", "deberta-v2", {**DEBERTA_V3, **THREE}),
    "deberta-nli": reranker(
        "deberta", "deberta",
        {"relative_attention": True, "pos_att_type": ["c2p", "p2c"], "position_biased_input": False, "type_vocab_size": 0, "max_relative_positions": -1, **THREE}),
    "gte-reranker": reranker("gte", "xlm-roberta", {**XLMR_IDS, **ONE, "type_vocab_size": 1}),
    "new-reranker": hub("hub-gte", "xlm-roberta", "cross-encoder"),
    "jina-alibi-reranker": hub("hub-jina-bert", "bert", "cross-encoder"),
    "jina-flash-reranker": hub("hub-jina-flash", "xlm-roberta", "cross-encoder"),
    "provence": reranker(
        "deberta-v2", "deberta-v2", {**DEBERTA_V3, **ONE}, token_head="token_classifier",
        patch={"model_type": "Provence", "architectures": ["Provence"]}, compute=lambda folder: token_scores(folder)),
    "xprovence": reranker(
        "xlm-roberta", "xlm-roberta", {**XLMR_CONFIG, "max_position_embeddings": 8194, **ONE}, token_head="token_classifier",
        patch={"model_type": "XProvence", "architectures": ["XProvenceForSequenceClassification"]}, compute=lambda folder: token_scores(folder)),
    "open-provence": reranker(
        "modernbert", "modernbert", {**ONE, "classifier_pooling": "mean", "pad_token_id": 0, "cls_token_id": 2, "bos_token_id": 2, "sep_token_id": 3, "eos_token_id": 3},
        token_head="pruning_head.classifier", wrapped=True, compute=lambda folder: token_scores(folder)),
    "semantic-highlight": reranker(
        "xlm-roberta", "xlm-roberta", {**XLMR_CONFIG, "max_position_embeddings": 8194, **ONE},
        token_head="pruning_head.classifier", wrapped=True, compute=lambda folder: token_scores(folder)),
    "qwen3-reranker": judge("qwen3", "qwen", {**QWEN3, **QWEN_IDS}, {**GROUPED, "head_dim": 8}, answers("yes", "no"), JUDGE),
    "qwen3-vl-reranker": vision_judge(
        "qwen3_vl", {"head_dim": 8, "rope_parameters": {"rope_type": "default", "rope_theta": 5_000_000.0, "mrope_section": [2, 1, 1], "mrope_interleaved": True}},
        {"hidden_size": 16, "num_position_embeddings": 16, "deepstack_visual_indexes": [0], "intermediate_size": 16, "out_hidden_size": 24}),
    "qwen2-vl-reranker": vision_judge(
        "qwen2_vl", {"rope_scaling": {"type": "mrope", "mrope_section": [1, 1, 1]}, "rope_theta": 1_000_000.0, **QWEN_IDS}, {"embed_dim": 16, "hidden_size": 24}),
    "qwen2.5-vl-reranker": vision_judge(
        "qwen2_5_vl", {"rope_parameters": {"rope_type": "default", "rope_theta": 1_000_000.0, "mrope_section": [1, 1, 1]}, **QWEN_IDS},
        {"hidden_size": 16, "intermediate_size": 16, "out_hidden_size": 24}),
    "qwen3-reranker-bare": judge("qwen3", "qwen", {**QWEN3, **QWEN_IDS}, {**GROUPED, "head_dim": 8}, None, JUDGE),
    "qwen3-one-answer": judge("qwen3", "qwen", {**QWEN3, **QWEN_IDS}, {**GROUPED, "head_dim": 8}, answers("Yes"), JUDGE),
    "qwen2-reranker": judge(
        "qwen2", "qwen", {**QWEN_IDS, "tie_word_embeddings": True, "rope_theta": 1_000_000.0, "rms_norm_eps": 1e-6}, GROUPED, answers("1", "0"), JUDGE),
    "gemma-reranker": judge("gemma", "gemma", {}, {**GROUPED, "num_key_value_heads": 1, "head_dim": 8}, answers("Yes"), None),
    "qwen3-seq-cls": reranker("qwen3", "qwen", {**QWEN3, **QWEN_IDS, **ONE}, {**GROUPED, "head_dim": 8}),
    "ettin-reranker": shape(
        "modernbert", BARE, "modernbert", {"pad_token_id": 0, "cls_token_id": 2, "bos_token_id": 2, "sep_token_id": 3, "eos_token_id": 3},
        loader="cross-encoder", heads=ettin),
    "monot5": shape(
        "t5", transformers.T5ForConditionalGeneration, "t5", {"feed_forward_proj": "relu", "decoder_start_token_id": 0, "pad_token_id": 0, "eos_token_id": 1},
        T5, loader="cross-encoder", compute=lambda folder: t5_answers(folder, ["▁true", "▁false"])),
    "monot5-untied": shape(
        "t5", transformers.T5ForConditionalGeneration, "t5",
        {"feed_forward_proj": "gated-gelu", "decoder_start_token_id": 0, "pad_token_id": 0, "eos_token_id": 1, "tie_word_embeddings": False},
        {**T5, "num_decoder_layers": 3}, loader="cross-encoder", output="lm_head.weight", compute=lambda folder: t5_answers(folder, ["▁true", "▁false"])),
    "monomt5": shape(
        "mt5", transformers.MT5ForConditionalGeneration, "t5",
        {"feed_forward_proj": "gated-gelu", "decoder_start_token_id": 0, "pad_token_id": 0, "eos_token_id": 1},
        T5, loader="cross-encoder", output="lm_head.weight", compute=lambda folder: t5_answers(folder, ["▁yes", "▁no"])),
    "jina-listwise": shape(
        "qwen3", BARE, "qwen", {**QWEN3, **QWEN_IDS}, {**GROUPED, "head_dim": 8}, loader="cross-encoder",
        projector=[12, 16], patch={"architectures": ["JinaForRanking"]}, compute=lambda folder: list_scores(folder)),
    "jina-embeddings-v3": hub(
        "hub-jina-tasks", "xlm-roberta", "encoder", heads=pooled("mean", norm), compute=lambda folder: task_vectors(folder)),
    "hhem": shape(
        "t5", transformers.T5ForTokenClassification, "t5", {"feed_forward_proj": "gated-gelu", "num_labels": 2}, {**T5, "num_layers": 2},
        loader="cross-encoder", rename="t5.", patch={"model_type": "HHEMv2", "architectures": ["HHEMv2ForSequenceClassification"]},
        compute=lambda folder: hhem_scores(folder)),
    "llama-bidirectional-reranker": shape(
        "llama", CLASSIFIER, "llama3", {**LLAMA3_ROPE, "rope_theta": 500_000.0, "tie_word_embeddings": False, "num_labels": 1, "pad_token_id": 2},
        GROUPED, loader="cross-encoder", patch={"model_type": "llama_bidirec", "architectures": ["LlamaBidirectionalForSequenceClassification"],
                                                "pooling": "avg", "temperature": 1.5}, compute=lambda folder: llama_scores(folder)),
    "llama-bidirectional": embedder(
        "llama", "llama3", {**LLAMA3_ROPE, "rope_theta": 500_000.0, "is_causal": False, "pad_token_id": 2}, pooled("mean", norm), GROUPED,
        patch={"model_type": "llama_bidirec", "architectures": ["LlamaBidirectionalModel"], "is_causal": None}),
    "bert-mean": embedder("bert", "bert", {}, pooled("mean", norm)),
    "bert-cls": embedder("bert", "bert", {}, pooled("cls", norm)),
    "bert-unigram": embedder("bert", "xlm-roberta", {"pad_token_id": 0}, MEAN),
    "bert-dense": embedder("bert", "bert", {}, pooled("cls", dense(24, torch.nn.Tanh()), norm)),
    "xlm-roberta-mean": embedder("xlm-roberta", "xlm-roberta", {**XLMR_CONFIG, "max_position_embeddings": 514}, pooled("mean", norm)),
    "xlm-roberta-long": embedder("xlm-roberta", "xlm-roberta", {**XLMR_CONFIG, "max_position_embeddings": 8194}, pooled("cls", norm)),
    "mpnet-mean": embedder("mpnet", "mpnet", {"max_position_embeddings": 514}, pooled("mean", norm)),
    "roberta-mean": embedder("roberta", "roberta", {**XLMR_CONFIG, "max_position_embeddings": 514}, pooled("mean", norm)),
    "roberta-bert-tokenizer": embedder("roberta", "bert", {**XLMR_CONFIG, "max_position_embeddings": 514}, MEAN),
    "distilbert-mean": embedder("distilbert", "distilbert", {}, MEAN, DISTIL),
    "distilbert-dense": embedder("distilbert", "distilbert", {}, pooled("mean", dense(16, torch.nn.Tanh())), DISTIL),
    "modernbert-cls": embedder(
        "modernbert", "modernbert", {"pad_token_id": 0, "cls_token_id": 2, "bos_token_id": 2, "sep_token_id": 3, "eos_token_id": 3}, pooled("cls", norm)),
    "ruri-mean": embedder(
        "modernbert", "ruri", {"pad_token_id": 1, "cls_token_id": 0, "bos_token_id": 0, "sep_token_id": 2, "eos_token_id": 2}, MEAN),
    "nomic-bert": embedder("nomic_bert", "bert", {}, pooled("mean", norm)),
    "nomic-hub": hub("hub-nomic", "bert", "encoder", heads=pooled("mean", norm)),
    "nomic-hub-moe": hub("hub-nomic-moe", "xlm-roberta", "encoder", heads=pooled("mean", norm)),
    "gte-cls": embedder("gte", "xlm-roberta", {**XLMR_IDS, "type_vocab_size": 1}, pooled("cls", norm)),
    "new-cls": hub("hub-gte", "xlm-roberta", "encoder", heads=pooled("cls", norm)),
    "new-without-types": hub("hub-gte-without-types", "bert", "encoder", heads=pooled("cls", norm)),
    "stella-400m": hub("hub-gte-without-types", "bert", "encoder", heads=pooled("mean", dense(32, torch.nn.Identity()))),
    "jina-alibi": hub("hub-jina-bert", "bert", "encoder", heads=MEAN),
    "jina-alibi-bytes": hub("hub-jina-bert", "roberta", "encoder", heads=MEAN),
    "qwen3-last": embedder("qwen3", "qwen-end", {**QWEN3, **QWEN_IDS}, pooled("lasttoken", norm), {**GROUPED, "head_dim": 8}, CAUSAL),
    "qwen3-bidirectional": embedder("qwen3", "qwen-end", {**QWEN3, **QWEN_IDS, "is_causal": False}, pooled("mean", norm), {**GROUPED, "head_dim": 8}),
    "qwen2-bidirectional": embedder("qwen2", "qwen-end", {**QWEN_IDS, "is_causal": False}, pooled("lasttoken", norm), GROUPED),
    "stella-1.5b": embedder("qwen2", "qwen-end", {**QWEN_IDS, "is_causal": False}, pooled("mean", dense(32, torch.nn.Identity())), GROUPED),
    "mistral-last": embedder("mistral", "llama", {"sliding_window": 4096}, pooled("lasttoken", norm), GROUPED),
    "ministral-bidirectional": embedder("ministral3", "llama3", {"is_causal": False, "pad_token_id": 2}, pooled("mean", norm), {**GROUPED, "head_dim": 8}),
    "gemma3-mean": embedder(
        "gemma3_text", "gemma-end", {"use_bidirectional_attention": True, "sliding_window": 512, "query_pre_attn_scalar": 256},
        pooled("mean", dense(48, torch.nn.Identity(), False), dense(24, torch.nn.Identity(), False), norm),
        {**GROUPED, "num_key_value_heads": 1, "head_dim": 8, "layer_types": ["sliding_attention", "full_attention"]}),
    "t5-mean": embedder("t5", "t5", {"feed_forward_proj": "relu"}, pooled("mean", dense(16, torch.nn.Identity(), False), norm), T5),
    "bert-splade": shape("bert", MASKED, "bert", {}, loader="sparse", heads=lambda _: [SpladePooling("max")], task="fill-mask"),
    "distilbert-splade": shape("distilbert", MASKED, "distilbert", {}, DISTIL, loader="sparse", heads=lambda _: [SpladePooling("max")], task="fill-mask"),
    "roberta-splade": shape(
        "roberta", MASKED, "roberta", {**XLMR_CONFIG, "max_position_embeddings": 514}, loader="sparse", heads=lambda _: [SpladePooling("max")], task="fill-mask"),
    "bert-colbert": shape("bert", BARE, "bert", {}, loader="late-interaction", heads=colbert),
    "modernbert-colbert": shape(
        "modernbert", BARE, "modernbert", {"pad_token_id": 0, "cls_token_id": 2, "bos_token_id": 2, "sep_token_id": 3, "eos_token_id": 3},
        loader="late-interaction", heads=colbert),
    "static": {"static": True, "tokenizer": "bert", "loader": "encoder", "published": {}, "small": {}},
    "static-normalized": {"static": True, "normalized": True, "tokenizer": "bert", "loader": "encoder", "published": {}, "small": {}},
    "eurobert-last": embedder("eurobert", "modernbert", {"pad_token_id": 0}, LAST, GROUPED),
}  # fmt: skip


def t5_answers(folder: Path, words: list[str]) -> list[list[float]]:
    """The first word's logits, yes less no, after the wording of monoT5's authors."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForSeq2SeqLM.from_pretrained(folder, **FLOAT32).eval()
    yes, no = (tokenizer.convert_tokens_to_ids(word) for word in words)
    found = []
    for query, document in PAIRS:
        batch = tokenizer(f"Query: {query} Document: {document} Relevant:", return_tensors="pt")
        with torch.no_grad():
            start = torch.tensor([[model.config.decoder_start_token_id]])
            (logits,) = model(input_ids=batch["input_ids"], decoder_input_ids=start).logits[0]
        found.append([float(logits[yes] - logits[no])])
    return found


def hhem_scores(folder: Path) -> list[list[float]]:
    """The first token's labels by T5ForTokenClassification, as the model's authors compute it."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = transformers.T5ForTokenClassification(CONFIG_MAPPING["t5"](**{**config, "model_type": "t5"})).eval()
    model.load_state_dict({name.removeprefix("t5."): value for name, value in load_file(folder / "model.safetensors").items()}, strict=False)
    found = []
    for premise, hypothesis in PAIRS:
        text = f"<pad> Determine if the hypothesis is true given the premise?\n\nPremise: {premise}\n\nHypothesis: {hypothesis}"
        with torch.no_grad():
            found.append(model(**tokenizer(text, return_tensors="pt")).logits[0, 0].tolist())
    return found


LIST_TASK = (
    "You are a search relevance expert who can determine a ranking of the passages based on how relevant they are to the query. "
    "If the query is a question, how relevant a passage is depends on how well it answers the question. "
    "If not, try to analyze the intent of the query and assess how well each passage satisfies the intent. "
    "If an instruction is provided, you should follow the instruction when determining the ranking."
)


def list_scores(folder: Path) -> list[list[float]]:
    """The cosines of jina-reranker-v3, by what is published of it: all documents of a query in one text, a vector at the token after each."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = load_file(folder / "model.safetensors")
    model = AutoModel.from_config(CONFIG_MAPPING["qwen3"](**config)).eval()
    model.load_state_dict({name.removeprefix("model."): value for name, value in weights.items() if "projector" not in name})
    document_id, query_id = tokenizer.convert_tokens_to_ids(["<|embed_token|>", "<|rerank_token|>"])
    found = []
    for query in dict.fromkeys(query for query, _ in PAIRS):
        documents = [document for other, document in PAIRS if other == query]
        passages = "\n".join(f'<passage id="{i}">\n{text}<|embed_token|>\n</passage>' for i, text in enumerate(documents))
        text = (
            f"<|im_start|>system\n{LIST_TASK}<|im_end|>\n<|im_start|>user\nI will provide you with {len(documents)} passages, each indicated by a "
            f"numerical identifier. Rank the passages based on their relevance to query: {query}\n{passages}\n<query>\n{query}<|rerank_token|>\n"
            "</query><|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
        )
        ids = tokenizer(text, return_tensors="pt")["input_ids"]
        with torch.no_grad():
            (hidden,) = model(input_ids=ids).last_hidden_state
        project = lambda x: torch.relu(x @ weights["projector.0.weight"].T) @ weights["projector.2.weight"].T
        query_vectors, document_vectors = project(hidden[ids[0] == query_id]), project(hidden[ids[0] == document_id])
        found += [[float(value)] for value in torch.nn.functional.cosine_similarity(document_vectors, query_vectors)]
    return found


def task_vectors(folder: Path) -> tuple[list[list[float]], dict[str, Any]]:
    """Mean of the tokens, of length 1: without adapters, and with those of each task."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    read = hub_architectures.Reader(load_file(folder / "model.safetensors"))

    def vectors(task: str | None) -> list[list[float]]:
        found = []
        for text in TEXTS:
            batch = tokenizer(text, return_tensors="pt")
            batch["token_type_ids"] = torch.zeros_like(batch["input_ids"])
            with torch.no_grad():
                mean = hub_architectures.flash(config, read, batch, task)[0][0].mean(dim=0)
            found.append([float(f"{value:.7g}") for value in torch.nn.functional.normalize(mean, dim=0)])
        return found

    return vectors(None), {"tasks": {task: vectors(task) for task in config["lora_adaptations"]}}


# What reranker and head for tokens are tried on, besides the pairs: characters of two units and of several code points, spaces, and a text that is cut.
TOKEN_PAIRS = [
    *PAIRS,
    ("Where's the STATION?", "  Zu\u0308rich \U0001f689 Hauptbahnhof:\n\nthe station, cafe\u0301s & more.  "),
    ("How many people live in Berlin?", "About 3.6 million people live in the city. The Seine runs through Paris. " * 8),
]


def plain(query: str) -> str:
    """As Provence's code writes queries."""
    return " ".join("".join(sign for sign in query.lower() if sign not in string.punctuation).split())


def token_scores(folder: Path) -> tuple[list[list[float]], dict[str, Any]]:
    """Logits of a reranker, and the relevance of a passage's tokens by a second head over its last hidden states: Provence's and OpenProvence's."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    inner = config.get("base_model_config", config)
    kind = {"Provence": "deberta-v2", "XProvence": "xlm-roberta"}.get(inner["model_type"], inner["model_type"])
    weights = {name.removeprefix("ranking_model."): value for name, value in load_file(folder / "model.safetensors").items()}
    (head,) = {name.removesuffix(".weight") for name in weights if name in ("token_classifier.weight", "pruning_head.classifier.weight")}
    model = CLASSIFIER.from_config(CONFIG_MAPPING[kind](**{**inner, "model_type": kind, "num_labels": 1})).eval()
    model.load_state_dict({name: value for name, value in weights.items() if not name.startswith(head)})
    longest = config.get("max_length", MAX_LENGTH)
    logits, tokens = [], []
    for query, passage in TOKEN_PAIRS:
        shown_query = plain(query) if config["model_type"] == "Provence" else query
        found = tokenizer(shown_query, passage, truncation=True, max_length=longest, return_offsets_mapping=True, return_tensors="pt")
        inputs = {name: found[name] for name in tokenizer.model_input_names}
        with torch.no_grad():
            hidden = model.base_model(**inputs).last_hidden_state
            scored = torch.nn.functional.linear(hidden, weights[f"{head}.weight"], weights[f"{head}.bias"])
            logit = float(model(**inputs).logits)
        kept = torch.softmax(scored, dim=-1)[0, :, 1]
        own = [i for i, text in enumerate(found.sequence_ids(0)) if text == 1]
        units = units_of(passage)
        bounds = [[units[place] for place in found["offset_mapping"][0, i].tolist()] for i in own]
        relevance = [float(f"{float(kept[i]):.7g}") for i in own]
        tokens.append({"pair": [query, passage], "logit": logit, "relevance": relevance, "bounds": bounds})
        logits.append([logit])
    return logits[: len(PAIRS)], {"tokens": tokens}


def llama_scores(folder: Path) -> list[list[float]]:
    """By Llama's own layers with attention both ways, the mean of the tokens, and a temperature: NVIDIA's code, by what is published of it."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    own = {key: value for key, value in config.items() if key not in ("pooling", "temperature", "model_type", "architectures")}
    model = AutoModel.from_config(CONFIG_MAPPING["llama"](**{**own, "is_causal": False})).eval()
    weights = load_file(folder / "model.safetensors")
    model.load_state_dict({name.removeprefix("model."): value for name, value in weights.items() if name != "score.weight"})
    found = []
    for query, document in PAIRS:
        batch = tokenizer(f"question:{query} \n \n passage:{document}", return_tensors="pt")
        with torch.no_grad():
            (hidden,) = model(input_ids=batch["input_ids"]).last_hidden_state
        found.append((hidden.mean(dim=0) @ weights["score.weight"].T / config["temperature"]).tolist())
    return found


ENDS = {"cross-encoder": CrossEncoder, "encoder": SentenceTransformer, "sparse": SparseEncoder, "late-interaction": MultiVectorEncoder}


def drawn(folder: Path, is_gemma: bool) -> dict[str, dict[str, str]]:
    """Writes seeded weights over all that there are, and gives their recipes by file."""
    files = {}
    for path in sorted(folder.rglob("*.safetensors")):
        shapes = {name: list(value.shape) for name, value in sorted(load_file(path).items())}
        recipes = {name: recipe_of(name, size, is_gemma) for name, size in shapes.items()}
        save_file({name: seeded(name, SEED, made) for name, made in recipes.items()}, path, {"format": "pt"})
        files[path.relative_to(folder).as_posix()] = recipes
    return files


def write_files(folder: Path, files: dict[str, Any]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def source_of(made: dict[str, Any], folder: Path, tokenizer: dict[str, Any]) -> None:
    """The repository that transformers would write."""
    size = max(AutoTokenizer.from_pretrained(folder).get_vocab().values()) + 1
    small = {**made["small"], "vocab_size": size}
    if "hub" in made:
        config, _, shapes = {**hub_architectures.MODELS, **hub_architectures.TABLE_MODELS}[made["hub"]]
        config = {**config, "vocab_size": size}
        tensors = {name: [size if dim == hub_architectures.VOCABULARY else dim for dim in dims] for name, dims in shapes(config).items()}
        write_files(folder, {"config.json": config})
        save_file({name: torch.zeros(dims) for name, dims in tensors.items()}, folder / "model.safetensors", {"format": "pt"})
        return
    if made.get("task") == "any-to-any":
        from transformers.models.qwen2_vl.image_processing_qwen2_vl import Qwen2VLImageProcessor

        Qwen2VLImageProcessor().save_pretrained(folder)
        small = {"text_config": {**made["published"]["text_config"], **small}}
    config = CONFIG_MAPPING[made["kind"]](**{**made["published"], **small})
    auto = made["auto"]
    if auto is BARE and made["kind"] in ("t5", "mt5"):
        auto = transformers.T5EncoderModel if made["kind"] == "t5" else transformers.MT5EncoderModel
    (getattr(auto, "from_config", None) or auto)(config).save_pretrained(folder)
    if "projector" in made:
        weights = {f"model.{name}": value for name, value in load_file(folder / "model.safetensors").items()}
        inner, outer = made["projector"]
        weights |= {"projector.0.weight": torch.zeros(inner, 24), "projector.2.weight": torch.zeros(outer, inner)}
        save_file(weights, folder / "model.safetensors", {"format": "pt"})
    if "token_head" in made:
        weights = load_file(folder / "model.safetensors")
        if made.get("wrapped"):
            weights = {f"ranking_model.{name}": value for name, value in weights.items()}
        weights |= {f"{made['token_head']}.weight": torch.zeros(2, 24), f"{made['token_head']}.bias": torch.zeros(2)}
        save_file(weights, folder / "model.safetensors", {"format": "pt"})
    if "rename" in made:
        weights = {f"{made['rename']}{name}": value for name, value in load_file(folder / "model.safetensors").items()}
        save_file(weights, folder / "model.safetensors", {"format": "pt"})
    if "output" in made:
        weights = load_file(folder / "model.safetensors")
        weights[made["output"]] = torch.zeros_like(weights["shared.weight"])
        save_file(weights, folder / "model.safetensors", {"format": "pt"})


def width_of(folder: Path) -> int:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return next(config[key] for key in ("hidden_size", "n_embd", "d_model", "dim") if key in config)


def modules_json(heads: list[Any], folder: Path) -> None:
    """What sentence-transformers writes of a transformer and heads, for a transformer that it does not load without remote code."""
    entries = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]
    for i, head in enumerate(heads, 1):
        path = f"{i}_{type(head).__name__}"
        (folder / path).mkdir()
        head.save(str(folder / path), safe_serialization=True)
        entries.append({"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{type(head).__name__}"})
    write_files(folder, {"modules.json": entries, "config_sentence_transformers.json": {"model_type": "SentenceTransformer"}})


def built(made: dict[str, Any], tokenizer: dict[str, Any], scratch: Path) -> Path:
    source, folder = scratch / "source", scratch / "model"
    source.mkdir()
    write_files(source, {**tokenizer, **made.get("files", {})})
    if made.get("static"):
        loaded = Tokenizer.from_file(str(source / "tokenizer.json"))
        table = torch.zeros(loaded.get_vocab_size(), 24)
        modules = [StaticEmbedding(loaded, embedding_weights=table), *([Normalize()] if made.get("normalized") else [])]
        SentenceTransformer(modules=modules, device="cpu").save(str(folder))
        return folder
    source_of(made, source, tokenizer)
    heads = made.get("heads")
    if heads is None:
        return source
    if made.get("task") in ("text-generation", "any-to-any"):
        transformer = Transformer(str(source), transformer_task=made["task"])
        CrossEncoder(modules=[transformer, *heads(transformer.tokenizer)], device="cpu").save(str(folder))
    elif "hub" in made:
        modules_json(heads(width_of(source)), source)
        return source
    else:
        task = {"transformer_task": made["task"]} if "task" in made else {}
        ENDS[made["loader"]](modules=[Transformer(str(source), **task), *heads(width_of(source))], device="cpu").save(str(folder))
        if made["auto"] is CAUSAL:
            for file in ("config.json", "model.safetensors"):
                (source / file).replace(folder / file)
    return folder


def expected(made: dict[str, Any], folder: Path) -> list[Any] | None:
    """Logits of the pairs, vectors of the texts, or MaxSim of the pairs."""
    if "hub" in made:
        return None
    if made["loader"] == "sparse":
        found = SparseEncoder(str(folder), device="cpu").encode(TEXTS, batch_size=1, convert_to_sparse_tensor=False).numpy()
        return [{"indices": row.nonzero()[0].tolist(), "values": [float(f"{value:.7g}") for value in row[row.nonzero()[0]]]} for row in found]
    elif made["loader"] == "late-interaction":
        model = MultiVectorEncoder(str(folder), device="cpu")
        queries = model.encode_query([query for query, _ in PAIRS], batch_size=1)
        documents = model.encode_document([document for _, document in PAIRS], batch_size=1)
        found = [[float((query @ document.T).max(dim=1).values.sum())] for query, document in zip(queries, documents)]
    elif made["loader"] == "cross-encoder":
        model = CrossEncoder(str(folder), device="cpu", model_kwargs=FLOAT32)
        found = model.predict(PAIRS, batch_size=1, activation_fn=torch.nn.Identity()).reshape(len(PAIRS), -1)
    else:
        found = SentenceTransformer(str(folder), device="cpu", model_kwargs=FLOAT32).encode(TEXTS, batch_size=1)
    if not torch.isfinite(torch.tensor(found)).all():
        raise ValueError("not finite")
    return [[float(f"{value:.7g}") for value in row] for row in found]


def write_shape(name: str) -> None:
    made = SHAPES[name]
    tokenizer = tokenizer_files(made["tokenizer"])
    longest = MAX_LENGTHS.get(name)
    if longest:
        tokenizer["tokenizer_config.json"]["model_max_length"] = longest
    with tempfile.TemporaryDirectory() as temporary:
        folder = built(made, tokenizer, Path(temporary))
        tensors = drawn(folder, str(made.get("kind", "")).startswith("gemma"))
        patch = made.get("patch", {})
        values = None if "compute" in made else expected(made, folder)
        config = json.loads((folder / "config.json").read_text(encoding="utf-8")) if patch else {}
        if patch:
            write_files(folder, {"config.json": {key: value for key, value in {**config, **patch}.items() if value is not None}})
        if made.get("wrapped"):
            inner = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            write_files(folder, {"config.json": {**OPEN_PROVENCE, "base_model_config": inner, "pruning_config": {"hidden_size": 24, "num_labels": 2}}})
        computed: dict[str, Any] = {}
        if "compute" in made:
            values = made["compute"](folder)
            if isinstance(values, tuple):
                values, computed = values
            values = [[float(f"{value:.7g}") for value in row] for row in values]
        kept = [path for path in sorted(folder.rglob("*")) if path.suffix in (".json", ".jinja")]
        files = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in kept}
        files = {path: text if path.endswith(".jinja") else json.loads(text) for path, text in files.items()}
    for path in ("tokenizer.json", "tokenizer_config.json"):
        files[path] = f"={made['tokenizer']}/{path}"
    if longest:
        files["tokenizer_config.json"] = tokenizer["tokenizer_config.json"]
    for path in ("special_tokens_map.json", "generation_config.json"):
        files.pop(path, None)
    for path in ("config.json", "config_sentence_transformers.json"):
        for key in ("transformers_version", "__version__", "_name_or_path", "dtype"):
            files.get(path, {}).pop(key, None)
    facts: dict[str, Any] = {"class": made.get("hub") or made.get("kind", "StaticEmbedding"), "published": sorted(made["published"]),
                             "small": sorted([*made["small"], "vocab_size"]), "loader": made["loader"], "seed": SEED, "files": files, "tensors": tensors}
    if "patch" in made or "hub" in made or made.get("wrapped"):
        facts["experimental"] = True
    facts |= computed
    write_golden(f"{FOLDER}/{name}.json", Path(__file__).name, LIBRARIES, values, **facts)


if __name__ == "__main__":
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    if not sys.argv[1:] or "tokenizers" in sys.argv:
        files = {
            f"{name}/{path}": json.dumps(content, separators=(",", ":"))
            for name in TOKENIZERS
            for path, content in tokenizer_files(name).items()
        }
        write_golden(f"{FOLDER}/tokenizers.json", Path(__file__).name, ["tokenizers"], [], files=files)
    for name in sys.argv[1:] or SHAPES:
        if name == "tokenizers":
            continue
        try:
            write_shape(name)
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {str(error)[:300]}", flush=True)
            if "-v" in os.environ.get("TABLE", ""):
                raise
