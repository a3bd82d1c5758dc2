"""The two students, and how they read a batch."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F
from safetensors.torch import load_file
from transformers import BertConfig, BertForSequenceClassification, BertModel

from corpus import TokenStore, rounded, shifted

MAX_TOKENS = 384
# What products are computed in: bfloat16 where the CPU has instructions for it; elsewhere it is emulated, and several times slower than float32.
FAST_TYPE = torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() else torch.float32
EMBEDDER_LAYERS = 3


def student_config(vocabulary: int, layers: int) -> BertConfig:
    """BERT with thin layers; 12,288 word pieces make up most of its parameters and cost no time."""
    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=256,
        num_hidden_layers=layers,
        num_attention_heads=8,
        intermediate_size=512,
        max_position_embeddings=MAX_TOKENS,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        num_labels=1,
        # Plain products: on a CPU the fused attention takes three times as long at heads this thin, most of it backwards.
        attn_implementation="eager",
    )


def exported_weights(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of an exported repository, as float32."""
    return {name: value.float() for name, value in load_file(folder / "model.safetensors").items()}


def with_layers(weights: dict[str, torch.Tensor], layers: int) -> dict[str, torch.Tensor]:
    """
    The same weights with layers added on top, up to `layers`: copies of the last whose products add nothing yet, so that
    the model says at first nearly what it said before.
    """
    prefix = "encoder.layer."
    last = max(int(name.split(prefix)[1].split(".")[0]) for name in weights if prefix in name)
    more = {}
    for number in range(last + 1, layers):
        for name, value in weights.items():
            if f"{prefix}{last}." not in name:
                continue
            scale, shift = weights[name.rsplit(".", 1)[0] + ".weight"], weights[name.rsplit(".", 1)[0] + ".bias"]
            if "LayerNorm.weight" in name:
                # What comes in is spread as the last layer's norm leaves it, and must leave likewise.
                value = torch.full_like(value, float((scale.square().mean() + shift.var()).sqrt()))
            elif "LayerNorm.bias" in name:
                value = torch.full_like(value, float(shift.mean()))
            elif "output.dense" in name:
                value = torch.zeros_like(value)
            more[name.replace(f"{prefix}{last}.", f"{prefix}{number}.")] = value
    return {**weights, **more}


def go_on_from(model: nn.Module, folder: Path) -> None:
    """Loads the weights of an exported repository, so that training continues from the end of an earlier run. Layers that it lacks are added on top; other missing weights keep their values."""
    weights = with_layers(exported_weights(folder), model.config.num_hidden_layers)
    if unknown := model.load_state_dict(weights, strict=False).unexpected_keys:
        raise ValueError(f"{folder} has weights that this model lacks: {unknown[:3]}")


def mean_pool(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean over unmasked tokens: [batch, tokens, hidden] → [batch, hidden], length 1."""
    weight = mask[..., None].to(hidden.dtype)
    return F.normalize(((hidden * weight).sum(1) / weight.sum(1)).float(), dim=-1)


class Embedder(nn.Module):
    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)

    def forward(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        return mean_pool(self.bert(**batch).last_hidden_state, batch["attention_mask"])


def encode_sorted(model, store: TokenStore, rows: torch.Tensor, budget: int, often_shifted: float = 0.0) -> torch.Tensor:
    """Encodes rows in batches of similar length, at most `budget` padded tokens each; the caller's order is restored. In training, some batches stand at later positions."""
    order = torch.argsort(store.lengths[rows], descending=True)
    lengths = (store.lengths[rows][order].clamp(max=store.max_length - 2) + 2).tolist()
    parts, start = [], 0
    while start < len(lengths):
        end = start + max(1, budget // rounded(lengths[start], store.max_length))
        parts.append(model(shifted(store.singles(rows[order[start:end]]), MAX_TOKENS, often_shifted)))
        start = end
    return torch.cat(parts)[torch.argsort(order)]


class Reranker(nn.Module):
    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.model = BertForSequenceClassification(config)

    def forward(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        return self.model(**batch).logits.float()[:, 0]
