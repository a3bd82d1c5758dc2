"""Makes tiny random models of every architecture that hf-runtime builds graphs for, in Hugging Face's repository layout.

    python tools/oracle/tiny_models.py        # rewrites packages/hf-runtime/test/fixtures/models

Hidden size 32, two layers, vocabularies of 200–300 entries. Every parameter is random, biases and norms too (PyTorch leaves
those at 0 and 1, which would hide a forgotten bias), and large enough for scores to differ from text to text.
`variants.json` applies other configurations to these folders (tiny_variants.py), so that the weights are stored once.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
import transformers
from transformers import AutoConfig, AutoModel, AutoModelForSequenceClassification

import tiny_tokenizers as tiny
import tiny_variants
from golden import REPOSITORY

MODELS = REPOSITORY / "packages/hf-runtime/test/fixtures/models"
MAX_POSITIONS = 64

SHAPE = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 48,
    "max_position_embeddings": MAX_POSITIONS,
}
BERT_SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ROBERTA_SPECIALS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def json_file(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def randomise(model: torch.nn.Module, seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() == 1:
                norm = "norm" in name.lower() and name.endswith("weight")
                parameter.copy_(1 + 0.15 * noise if norm else 0.15 * noise)
            elif "embeddings" in name and parameter.dim() == 2 and "proj" not in name:
                parameter.copy_(0.7 * noise)
            else:
                fan_in = parameter[0].numel()
                parameter.copy_(noise * 1.4 / fan_in**0.5)


def save_tokenizer(folder: Path, tokenizer, specials: dict[str, str], tokenizer_class: str, **config) -> None:
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    json_file(folder / "tokenizer_config.json", {**specials, "tokenizer_class": tokenizer_class, **config})
    json_file(folder / "special_tokens_map.json", specials)


def named(cls: str, sep: str, unk: str, pad: str, mask: str, **more: str) -> dict[str, str]:
    return {"cls_token": cls, "sep_token": sep, "unk_token": unk, "pad_token": pad, "mask_token": mask, **more}


BERT_NAMES = named("[CLS]", "[SEP]", "[UNK]", "[PAD]", "[MASK]")
ROBERTA_NAMES = named("<s>", "</s>", "<unk>", "<pad>", "<mask>", bos_token="<s>", eos_token="</s>")


def bert_tokenizer(folder: Path) -> int:
    tokenizer = tiny.wordpiece(BERT_SPECIALS)
    save_tokenizer(folder, tokenizer, BERT_NAMES, "BertTokenizer", do_lower_case=True, model_max_length=MAX_POSITIONS)
    return tokenizer.get_vocab_size()


def generic(folder: Path, tokenizer, names: dict[str, str], types: bool, max_length: int = MAX_POSITIONS) -> int:
    inputs = ["input_ids", "token_type_ids", "attention_mask"] if types else ["input_ids", "attention_mask"]
    save_tokenizer(
        folder, tokenizer, names, "PreTrainedTokenizerFast", model_max_length=max_length, model_input_names=inputs
    )
    return tokenizer.get_vocab_size()


def save(folder: Path, config, seed: int, *, classify: bool, dtype: str = "float32", shards: str | None = None) -> None:
    transformers.set_seed(seed)
    auto = AutoModelForSequenceClassification if classify else AutoModel
    model = auto.from_config(config)
    randomise(model, seed)
    model = model.to(getattr(torch, dtype))
    model.save_pretrained(folder, **({"max_shard_size": shards} if shards else {}))


def labels(count: int) -> dict[str, object]:
    names = ["LABEL_0"] if count == 1 else [f"class {i}" for i in range(count)]
    return {"id2label": dict(enumerate(names)), "label2id": {n: i for i, n in enumerate(names)}}


def sentence_transformer(folder: Path, modules: list[tuple[str, str]], max_length: int) -> None:
    """modules.json as sentence-transformers before 6 wrote it, and as nearly every repository on the hub has it."""
    entries = [("", "Transformer"), *modules]
    json_file(
        folder / "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(entries)
        ],
    )
    json_file(folder / "sentence_bert_config.json", {"max_seq_length": max_length, "do_lower_case": False})


def bert_encoder(folder: Path) -> None:
    """Without a prefix before the weights' names, as BertModel saves them; a whole sentence-transformers repository."""
    vocab = bert_tokenizer(folder)
    save(folder, AutoConfig.for_model("bert", vocab_size=vocab, **SHAPE), 1, classify=False)
    sentence_transformer(folder, [("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")], 32)
    json_file(
        folder / "1_Pooling/config.json",
        {
            "word_embedding_dimension": 32,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
    )
    json_file(
        folder / "config_sentence_transformers.json",
        {
            "__version__": {"sentence_transformers": "3.0.0", "transformers": "4.41.0", "pytorch": "2.3.0"},
            "prompts": {},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def bert_cross_encoder(folder: Path) -> None:
    """As cross-encoder/ms-marco-*: one label, activation Identity by the older key."""
    vocab = bert_tokenizer(folder)
    config = AutoConfig.for_model(
        "bert",
        vocab_size=vocab,
        **SHAPE,
        **labels(1),
        sbert_ce_default_activation_function="torch.nn.modules.linear.Identity",
    )
    save(folder, config, 2, classify=True)


def distilbert(folder: Path) -> None:
    vocab = generic(folder, tiny.wordpiece(BERT_SPECIALS), BERT_NAMES, types=False)
    config = AutoConfig.for_model(
        "distilbert",
        vocab_size=vocab,
        dim=32,
        n_layers=2,
        n_heads=4,
        hidden_dim=48,
        max_position_embeddings=MAX_POSITIONS,
        **labels(3),
    )
    save(folder, config, 3, classify=True)


def roberta(folder: Path) -> None:
    """float16 weights."""
    vocab = generic(folder, tiny.byte_bpe(ROBERTA_SPECIALS, roberta=True), ROBERTA_NAMES, types=False)
    shape = {**SHAPE, "max_position_embeddings": MAX_POSITIONS + 2, "type_vocab_size": 1, "layer_norm_eps": 1e-5}
    config = AutoConfig.for_model("roberta", vocab_size=vocab, pad_token_id=1, **shape, **labels(1))
    save(folder, config, 4, classify=True, dtype="float16")


def xlm_roberta(folder: Path) -> None:
    """As BAAI/bge-reranker-base: one label, no activation configured; the weights in two shards."""
    specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = tiny.unigram(specials, cls="<s>", sep="</s>", double_sep=True)
    vocab = generic(folder, tokenizer, ROBERTA_NAMES, types=False, max_length=MAX_POSITIONS)
    shape = {**SHAPE, "max_position_embeddings": MAX_POSITIONS + 2, "type_vocab_size": 1, "layer_norm_eps": 1e-5}
    config = AutoConfig.for_model("xlm-roberta", vocab_size=vocab, pad_token_id=1, **shape, **labels(1))
    save(folder, config, 5, classify=True, shards="60KB")


def mpnet(folder: Path) -> None:
    specials = ["<s>", "<pad>", "</s>", "[UNK]", "<mask>"]
    names = named("<s>", "</s>", "[UNK]", "<pad>", "<mask>", bos_token="<s>", eos_token="</s>")
    tokenizer = tiny.wordpiece(specials, cls="<s>", sep="</s>", double_sep=True)
    vocab = generic(folder, tokenizer, names, types=False)
    shape = {**SHAPE, "max_position_embeddings": MAX_POSITIONS + 2, "layer_norm_eps": 1e-5}
    config = AutoConfig.for_model("mpnet", vocab_size=vocab, pad_token_id=1, **shape, **labels(1))
    save(folder, config, 6, classify=True)


def electra(folder: Path) -> None:
    """bfloat16 weights; embeddings half as wide as the hidden states, as ELECTRA-small's."""
    vocab = generic(folder, tiny.wordpiece(BERT_SPECIALS), BERT_NAMES, types=True)
    config = AutoConfig.for_model("electra", vocab_size=vocab, embedding_size=16, **SHAPE, **labels(2))
    save(folder, config, 7, classify=True, dtype="bfloat16")


def albert(folder: Path) -> None:
    """Four layers out of two groups, each group used twice."""
    specials = ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"]
    names = named("[CLS]", "[SEP]", "<unk>", "<pad>", "[MASK]", bos_token="[CLS]", eos_token="[SEP]")
    tokenizer = tiny.unigram(specials, cls="[CLS]", sep="[SEP]", double_sep=False, lowercase=True)
    vocab = generic(folder, tokenizer, names, types=True)
    config = AutoConfig.for_model(
        "albert",
        vocab_size=vocab,
        embedding_size=16,
        num_hidden_groups=2,
        hidden_act="gelu_new",
        **{**SHAPE, "num_hidden_layers": 4},
        **labels(3),
    )
    save(folder, config, 8, classify=True)


def deberta_tokenizer(folder: Path) -> int:
    specials = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"]
    tokenizer = tiny.unigram(specials, cls="[CLS]", sep="[SEP]", double_sep=False)
    return generic(folder, tokenizer, BERT_NAMES, types=True)


def deberta_v3(folder: Path) -> None:
    """As microsoft/deberta-v3-*: shared keys, log buckets, normed relative embeddings, no absolute positions."""
    vocab = deberta_tokenizer(folder)
    config = AutoConfig.for_model(
        "deberta-v2",
        vocab_size=vocab,
        **SHAPE,
        type_vocab_size=0,
        relative_attention=True,
        max_relative_positions=-1,
        position_buckets=8,
        norm_rel_ebd="layer_norm",
        share_att_key=True,
        pos_att_type="p2c|c2p",
        position_biased_input=False,
        pooler_hidden_act="gelu",
        **labels(1),
    )
    save(folder, config, 9, classify=True)


def deberta_v2(folder: Path) -> None:
    """Other settings of the architecture: a convolution, own position projections, plain distances, narrow embeddings."""
    vocab = deberta_tokenizer(folder)
    config = AutoConfig.for_model(
        "deberta-v2",
        vocab_size=vocab,
        **SHAPE,
        embedding_size=16,
        type_vocab_size=2,
        relative_attention=True,
        max_relative_positions=12,
        position_buckets=-1,
        norm_rel_ebd="none",
        share_att_key=False,
        pos_att_type=["c2p", "p2c"],
        position_biased_input=True,
        conv_kernel_size=3,
        conv_act="gelu",
        pooler_hidden_act="tanh",
        **labels(2),
    )
    save(folder, config, 10, classify=True)


def modernbert(folder: Path) -> None:
    """Every second layer local, with a window of 8 tokens so that short texts feel it."""
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocab = generic(folder, tiny.byte_bpe(specials, roberta=False), BERT_NAMES, types=False)
    config = AutoConfig.for_model(
        "modernbert",
        vocab_size=vocab,
        **SHAPE,
        pad_token_id=0,
        cls_token_id=2,
        sep_token_id=3,
        bos_token_id=2,
        eos_token_id=3,
        global_attn_every_n_layers=2,
        local_attention=8,
        classifier_pooling="cls",
        **labels(1),
    )
    save(folder, config, 11, classify=True)


MAKERS = {
    "bert-encoder": bert_encoder,
    "bert-cross-encoder": bert_cross_encoder,
    "distilbert": distilbert,
    "roberta": roberta,
    "xlm-roberta": xlm_roberta,
    "mpnet": mpnet,
    "electra": electra,
    "albert": albert,
    "deberta-v3": deberta_v3,
    "deberta-v2": deberta_v2,
    "modernbert": modernbert,
}


def main() -> None:
    for name, make in MAKERS.items():
        folder = MODELS / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder)
        print(f"{name}: {sum(f.stat().st_size for f in folder.rglob('*') if f.is_file()) // 1024} KB")
    json_file(MODELS / "variants.json", tiny_variants.VARIANTS)


if __name__ == "__main__":
    main()
