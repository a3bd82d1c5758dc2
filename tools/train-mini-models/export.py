"""Writes the trained weights as two Hugging Face repositories: packages/mini-models/models/{embedder,reranker}.

    python export.py --data .work/data --models .work/models [--mean-with ../../packages/mini-models/models/reranker]

With `--mean-with`, the written reranker is the mean of the run's weights and those of an exported one from which the run started.
Weights are stored as float16 (half the size; every library reads them and computes in float32, as config.json's `dtype`
says). The build adds onnx/model.onnx from them for transformers.js.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, normalizers

from models import MAX_TOKENS, exported_weights, student_config

TARGET = Path(__file__).resolve().parents[2] / "packages/mini-models/models"
# What the models were trained on in numbers; longer texts are cut here by default.
EMBEDDER_TOKENS = 256


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_common(folder: Path, data: Path, state: dict, architecture: str, max_length: int, **config: object) -> None:
    tokenizer = Tokenizer.from_file(str(data / "tokenizer.json"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    special = {"unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]"}
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": max_length, **special})
    write_json(folder / "special_tokens_map.json", special)
    layers = {name.split("layer.")[1].split(".")[0] for name in state if "encoder.layer." in name}
    shape = student_config(tokenizer.get_vocab_size(), len(layers))
    keys = (
        "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "hidden_act",
        "max_position_embeddings", "type_vocab_size", "layer_norm_eps", "hidden_dropout_prob",
        "attention_probs_dropout_prob", "initializer_range", "pad_token_id",
    )  # fmt: skip
    write_json(folder / "config.json", {"architectures": [architecture], "model_type": "bert", "dtype": "float32", **{k: getattr(shape, k) for k in keys}, **config})
    tensors = {name: value.detach().to(torch.float16).contiguous() for name, value in state.items() if "position_ids" not in name}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--mean-with", type=Path, help="folder of the exported reranker that the run went on from")
    parser.add_argument("--share", type=float, default=0.5, help="of the run's weights in that mean")
    arguments = parser.parse_args()

    embedder = TARGET / "embedder"
    state = torch.load(arguments.models / "embedder.pt", weights_only=True)
    write_common(embedder, arguments.data, state, "BertModel", EMBEDDER_TOKENS)
    steps = [("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")]
    write_json(
        embedder / "modules.json",
        [{"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"} for i, (kind, path) in enumerate(steps)],
    )
    write_json(embedder / "sentence_bert_config.json", {"max_seq_length": EMBEDDER_TOKENS, "do_lower_case": False})
    modes = ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken")
    write_json(
        embedder / "1_Pooling/config.json",
        {"word_embedding_dimension": 256, **{f"pooling_mode_{mode}": mode == "mean_tokens" for mode in modes}, "include_prompt": True},
    )
    write_json(embedder / "config_sentence_transformers.json", {"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"})

    state = torch.load(arguments.models / "reranker.pt", weights_only=True)
    if arguments.mean_with:
        other = exported_weights(arguments.mean_with)
        state = {name: arguments.share * value + (1 - arguments.share) * other[name] for name, value in state.items()}
    write_common(
        TARGET / "reranker", arguments.data, state, "BertForSequenceClassification", MAX_TOKENS,
        id2label={"0": "LABEL_0"}, label2id={"LABEL_0": 0},
        sentence_transformers={"activation_fn": "torch.nn.modules.activation.Sigmoid"},
    )  # fmt: skip
    for path in sorted(TARGET.rglob("*.*")):
        print(path.relative_to(TARGET), path.stat().st_size)


if __name__ == "__main__":
    main()
