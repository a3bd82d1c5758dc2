"""Writes results of models whose code is only on the hub, by our own transcription of published facts into torch.

    python tools/oracle/hub_architectures.py [NAME ...]   # rewrites packages/hf-runtime/test/goldens/models/architectures/NAME.json; all by default

Their code was not available. Facts: the keys of their config.json and the names of their weights, the papers, and what other runtimes
compute for them (llama.cpp's nomic-bert-moe, text-embeddings-inference's gte and jina). Such architectures are experimental. The goldens
have the form that architecture_goldens.py describes.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any, Callable

import torch
import transformers
from torch.nn.functional import gelu, layer_norm, linear, silu, softmax

from architecture_goldens import FOLDER, batch_of
from golden import write_golden
from model_goldens import tensor_golden
from seeded_weights import recipe, seeded

Weights = dict[str, torch.Tensor]
Batch = dict[str, torch.Tensor]
HIDDEN, INNER, LAYERS, HEADS, VOCABULARY = 24, 40, 3, 4, 90


class Reader:
    """Weights under a prefix."""

    def __init__(self, weights: Weights, prefix: str = ""):
        self.weights, self.prefix = weights, prefix

    def at(self, name: str) -> "Reader":
        return Reader(self.weights, f"{self.prefix}{name}.")

    def get(self, name: str) -> torch.Tensor | None:
        return self.weights.get(self.prefix + name)

    def linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return linear(x, self.get(f"{name}.weight"), self.get(f"{name}.bias"))

    def norm(self, x: torch.Tensor, name: str, epsilon: float) -> torch.Tensor:
        return layer_norm(x, x.shape[-1:], self.get(f"{name}.weight"), self.get(f"{name}.bias"), epsilon)


def rotated(x: torch.Tensor, frequencies: torch.Tensor) -> torch.Tensor:
    """[batch, heads, tokens, size]; pairs are the halves' values."""
    angles = torch.outer(torch.arange(x.shape[2], dtype=torch.float32), frequencies)
    cosines, sines = angles.cos(), angles.sin()
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cosines - b * sines, b * cosines + a * sines], dim=-1)


def attended(
    qkv: list[torch.Tensor], mask: torch.Tensor, frequencies: torch.Tensor | None = None, bias: torch.Tensor | float = 0.0
) -> torch.Tensor:
    batch, tokens, hidden = qkv[0].shape
    query, key, value = (part.view(batch, tokens, HEADS, -1).transpose(1, 2) for part in qkv)
    if frequencies is not None:
        query, key = rotated(query, frequencies), rotated(key, frequencies)
    scores = query @ key.transpose(-1, -2) / math.sqrt(hidden // HEADS) + bias
    scores = scores.masked_fill(mask[:, None, None, :] == 0, -torch.inf)
    return (softmax(scores, dim=-1) @ value).transpose(1, 2).reshape(batch, tokens, hidden)


def plain_frequencies(base: float) -> torch.Tensor:
    size = HIDDEN // HEADS
    return 1.0 / base ** (torch.arange(0, size, 2, dtype=torch.float32) / size)


def pooled_logits(read: Reader, hidden: torch.Tensor, prefix: str) -> torch.Tensor:
    return read.linear(read.at(prefix).linear(hidden[:, 0], "pooler.dense").tanh(), "classifier")


# Nomic BERT: nomic-embed-text-v2-moe's form.


def experts(read: Reader, x: torch.Tensor, count: int, chosen: int) -> torch.Tensor:
    rows = x.reshape(-1, HIDDEN)
    weights, places = torch.topk(softmax(read.linear(rows, "router.layer"), dim=-1), chosen, dim=-1)
    ups, downs = read.get("experts.mlp.w1").view(count, INNER, HIDDEN), read.get("experts.mlp.w2").view(count, INNER, HIDDEN)
    found = torch.zeros_like(rows)
    for row in range(len(rows)):
        for weight, place in zip(weights[row], places[row]):
            found[row] += weight * (gelu(rows[row] @ ups[place].T) @ downs[place])
    return (found + read.get("experts.bias")).view_as(x)


def nomic(config: dict[str, Any], read: Reader, batch: Batch) -> tuple[torch.Tensor, torch.Tensor | None]:
    epsilon, mask = config["layer_norm_epsilon"], batch["attention_mask"]
    x = read.get("embeddings.word_embeddings.weight")[batch["input_ids"]]
    x = x + read.get("embeddings.token_type_embeddings.weight")[batch["token_type_ids"]]
    x = read.norm(x, "emb_ln", epsilon)
    every = config.get("moe_every_n_layers", 0)
    for i in range(config["n_layer"]):
        layer = read.at(f"encoder.layers.{i}")
        qkv = list(layer.linear(x, "attn.Wqkv").chunk(3, dim=-1))
        found = layer.linear(attended(qkv, mask, plain_frequencies(config["rotary_emb_base"])), "attn.out_proj")
        x = layer.norm(x + found, "norm1", epsilon)
        if every > 0 and i % every == 1:
            fed = experts(layer.at("mlp"), x, config["num_experts"], config["moe_top_k"])
        elif config["activation_function"] == "swiglu":
            fed = layer.linear(layer.linear(x, "mlp.fc11") * silu(layer.linear(x, "mlp.fc12")), "mlp.fc2")
        else:
            fed = layer.linear(gelu(layer.linear(x, "mlp.fc1")), "mlp.fc2")
        x = layer.norm(x + fed, "norm2", epsilon)
    return x, None


def nomic_shapes(config: dict[str, Any]) -> dict[str, list[int]]:
    shapes = {"embeddings.word_embeddings.weight": [VOCABULARY, HIDDEN], **norm_shapes("emb_ln")}
    shapes["embeddings.token_type_embeddings.weight"] = [config["type_vocab_size"], HIDDEN]
    every = config.get("moe_every_n_layers", 0)
    for i in range(LAYERS):
        name = f"encoder.layers.{i}"
        biased = config["qkv_proj_bias"]
        shapes |= linear_shapes(f"{name}.attn.Wqkv", 3 * HIDDEN, HIDDEN, biased) | linear_shapes(f"{name}.attn.out_proj", HIDDEN, HIDDEN, biased)
        shapes |= norm_shapes(f"{name}.norm1") | norm_shapes(f"{name}.norm2")
        if every > 0 and i % every == 1:
            shapes |= linear_shapes(f"{name}.mlp.router.layer", config["num_experts"], HIDDEN, False)
            shapes |= {f"{name}.mlp.experts.mlp.{w}": [config["num_experts"] * INNER, HIDDEN] for w in ("w1", "w2")}
            shapes[f"{name}.mlp.experts.bias"] = [HIDDEN]
        else:
            ups = ("fc11", "fc12") if config["activation_function"] == "swiglu" else ("fc1",)
            for up in ups:
                shapes |= linear_shapes(f"{name}.mlp.{up}", INNER, HIDDEN, config["mlp_fc1_bias"])
            shapes |= linear_shapes(f"{name}.mlp.fc2", HIDDEN, INNER, config["mlp_fc2_bias"])
    return shapes


# GTE as its repositories have it ("new"), with the frequencies that its NTK scaling gives.


def gte(config: dict[str, Any], read: Reader, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    epsilon, mask, body = config["layer_norm_eps"], batch["attention_mask"], read.at("new")
    x = body.get("embeddings.word_embeddings.weight")[batch["input_ids"]]
    if config["type_vocab_size"] > 0:
        x = x + body.get("embeddings.token_type_embeddings.weight")[batch["token_type_ids"]]
    x = body.norm(x, "embeddings.LayerNorm", epsilon)
    factor = (config.get("rope_scaling") or {}).get("factor", 1.0)
    frequencies = plain_frequencies(config["rope_theta"] * factor) / factor ** (2 / (HIDDEN // HEADS))
    for i in range(LAYERS):
        layer = body.at(f"encoder.layer.{i}")
        qkv = list(layer.linear(x, "attention.qkv_proj").chunk(3, dim=-1))
        x = layer.norm(x + layer.linear(attended(qkv, mask, frequencies), "attention.o_proj"), "attn_ln", epsilon)
        up, gate = layer.linear(x, "mlp.up_gate_proj").chunk(2, dim=-1)
        x = layer.norm(x + layer.linear(up * gelu(gate), "mlp.down_proj"), "mlp_ln", epsilon)
    return x, pooled_logits(read, x, "new")


def gte_shapes(config: dict[str, Any]) -> dict[str, list[int]]:
    shapes = {"embeddings.word_embeddings.weight": [VOCABULARY, HIDDEN], **norm_shapes("embeddings.LayerNorm")}
    if config["type_vocab_size"] > 0:
        shapes["embeddings.token_type_embeddings.weight"] = [config["type_vocab_size"], HIDDEN]
    for i in range(LAYERS):
        name = f"encoder.layer.{i}"
        shapes |= linear_shapes(f"{name}.attention.qkv_proj", 3 * HIDDEN, HIDDEN) | linear_shapes(f"{name}.attention.o_proj", HIDDEN, HIDDEN)
        shapes |= linear_shapes(f"{name}.mlp.up_gate_proj", 2 * INNER, HIDDEN, False) | linear_shapes(f"{name}.mlp.down_proj", HIDDEN, INNER)
        shapes |= norm_shapes(f"{name}.attn_ln") | norm_shapes(f"{name}.mlp_ln")
    shapes |= linear_shapes("pooler.dense", HIDDEN, HIDDEN)
    return {**{f"new.{name}": shape for name, shape in shapes.items()}, **linear_shapes("classifier", 1, HIDDEN)}


# jina-embeddings-v2 and jina-reranker-v1.


def alibi(heads: int, tokens: int) -> torch.Tensor:
    def slopes(count: int) -> list[float]:
        if math.log2(count).is_integer():
            start = 2 ** (-(2 ** -(math.log2(count) - 3)))
            return [start ** (i + 1) for i in range(count)]
        lower = 2 ** math.floor(math.log2(count))
        return slopes(lower) + slopes(2 * lower)[0::2][: count - lower]

    places = torch.arange(tokens)
    distances = (places[None, :] - places[:, None]).abs()
    return -torch.tensor(slopes(heads))[:, None, None] * distances


def jina_bert(config: dict[str, Any], read: Reader, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    epsilon, mask, body = config["layer_norm_eps"], batch["attention_mask"], read.at("bert")
    x = body.get("embeddings.word_embeddings.weight")[batch["input_ids"]]
    x = x + body.get("embeddings.token_type_embeddings.weight")[batch["token_type_ids"]]
    x = body.norm(x, "embeddings.LayerNorm", epsilon)
    bias = alibi(HEADS, x.shape[1])
    for i in range(LAYERS):
        layer = body.at(f"encoder.layer.{i}")
        qkv = [layer.linear(x, f"attention.self.{name}") for name in ("query", "key", "value")]
        found = layer.linear(attended(qkv, mask, bias=bias), "attention.output.dense")
        x = layer.norm(x + found, "attention.output.LayerNorm", epsilon)
        gate, up = layer.linear(x, "mlp.gated_layers").chunk(2, dim=-1)
        activation = gelu if config["feed_forward_type"] == "geglu" else torch.relu
        x = layer.norm(x + layer.linear(activation(gate) * up, "mlp.wo"), "mlp.layernorm", epsilon)
    return x, pooled_logits(read, x, "bert")


def jina_bert_shapes(config: dict[str, Any]) -> dict[str, list[int]]:
    shapes = {"embeddings.word_embeddings.weight": [VOCABULARY, HIDDEN], **norm_shapes("embeddings.LayerNorm")}
    shapes["embeddings.token_type_embeddings.weight"] = [config["type_vocab_size"], HIDDEN]
    for i in range(LAYERS):
        name = f"encoder.layer.{i}"
        for part in ("query", "key", "value"):
            shapes |= linear_shapes(f"{name}.attention.self.{part}", HIDDEN, HIDDEN)
        shapes |= linear_shapes(f"{name}.attention.output.dense", HIDDEN, HIDDEN) | norm_shapes(f"{name}.attention.output.LayerNorm")
        shapes |= linear_shapes(f"{name}.mlp.gated_layers", 2 * INNER, HIDDEN, False) | linear_shapes(f"{name}.mlp.wo", HIDDEN, INNER)
        shapes |= norm_shapes(f"{name}.mlp.layernorm")
    shapes |= linear_shapes("pooler.dense", HIDDEN, HIDDEN)
    return {**{f"bert.{name}": shape for name, shape in shapes.items()}, **linear_shapes("classifier", 1, HIDDEN)}


# XLM-RoBERTa in Jina's own code: jina-reranker-v2, and jina-embeddings-v3, with a task's adapters if one is named.


def flash(config: dict[str, Any], read: Reader, batch: Batch, task: str | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    epsilon, mask, body, ids = config["layer_norm_eps"], batch["attention_mask"], read.at("roberta"), batch["input_ids"]
    adapted = ".parametrizations.weight.original" if "lora_adaptations" in config else ".weight"

    def weight(layer: Reader, name: str) -> torch.Tensor:
        stored = layer.get(f"{name}{adapted}")
        if task is None:
            return stored
        a, b = (layer.get(f"{name}.parametrizations.weight.0.lora_{part}")[config["lora_adaptations"].index(task)] for part in "AB")
        # Of a layer [rank, in] and [out, rank]; of a table the other way round.
        product = a @ b if name.startswith("embeddings.") else b @ a
        return stored + product * config["lora_alpha"] / config["lora_rank"]

    times = lambda layer, x, name: linear(x, weight(layer, name), layer.get(f"{name}.bias"))  # noqa: E731
    x = weight(body, "embeddings.word_embeddings")[ids]
    x = x + weight(body, "embeddings.token_type_embeddings")[batch["token_type_ids"]]
    frequencies = None
    if config["position_embedding_type"] == "rotary":
        frequencies = plain_frequencies(config["rotary_emb_base"])
    else:
        pad = config["pad_token_id"]
        tokens = (ids != pad).long()
        x = x + body.get("embeddings.position_embeddings.weight")[tokens.cumsum(1) * tokens + pad]
    x = body.norm(x, "emb_ln", epsilon)
    for i in range(LAYERS):
        layer = body.at(f"encoder.layers.{i}")
        qkv = list(times(layer, x, "mixer.Wqkv").chunk(3, dim=-1))
        x = layer.norm(x + times(layer, attended(qkv, mask, frequencies), "mixer.out_proj"), "norm1", epsilon)
        x = layer.norm(x + times(layer, gelu(times(layer, x, "mlp.fc1")), "mlp.fc2"), "norm2", epsilon)
    return x, read.linear(read.linear(x[:, 0], "classifier.dense").tanh(), "classifier.out_proj")


def flash_shapes(config: dict[str, Any]) -> dict[str, list[int]]:
    shapes = {"embeddings.word_embeddings.weight": [VOCABULARY, HIDDEN], "embeddings.token_type_embeddings.weight": [1, HIDDEN]}
    shapes |= norm_shapes("emb_ln")
    if config["position_embedding_type"] == "absolute":
        shapes["embeddings.position_embeddings.weight"] = [config["max_position_embeddings"], HIDDEN]
    for i in range(LAYERS):
        name = f"encoder.layers.{i}"
        shapes |= linear_shapes(f"{name}.mixer.Wqkv", 3 * HIDDEN, HIDDEN) | linear_shapes(f"{name}.mixer.out_proj", HIDDEN, HIDDEN)
        shapes |= linear_shapes(f"{name}.mlp.fc1", INNER, HIDDEN) | linear_shapes(f"{name}.mlp.fc2", HIDDEN, INNER)
        shapes |= norm_shapes(f"{name}.norm1") | norm_shapes(f"{name}.norm2")
    if "lora_adaptations" in config:
        adapted = {name for name, shape in shapes.items() if len(shape) == 2}
        shapes = {name.replace(".weight", ".parametrizations.weight.original") if name in adapted else name: s for name, s in shapes.items()}
    if "lora_rank" in config:
        tasks, rank = len(config["lora_adaptations"]), config["lora_rank"]
        for name, (out, into) in [(name, shape) for name, shape in shapes.items() if name.endswith(".original")]:
            lora = name.replace("original", "0.lora_")
            table = name.startswith("embeddings.")
            shapes[f"{lora}A"] = [tasks, out, rank] if table else [tasks, rank, into]
            shapes[f"{lora}B"] = [tasks, rank, into] if table else [tasks, out, rank]
    head = linear_shapes("classifier.dense", HIDDEN, HIDDEN) | linear_shapes("classifier.out_proj", 1, HIDDEN)
    return {**{f"roberta.{name}": shape for name, shape in shapes.items()}, **head}


def linear_shapes(name: str, out: int, into: int, biased: bool = True) -> dict[str, list[int]]:
    return {f"{name}.weight": [out, into], **({f"{name}.bias": [out]} if biased else {})}


def norm_shapes(name: str) -> dict[str, list[int]]:
    return {f"{name}.weight": [HIDDEN], f"{name}.bias": [HIDDEN]}


# NVIDIA's Llama that looks both ways, and Vectara's classifier of T5's encoder: transformers' own layers in another arrangement.


def transformers_model(kind: str, model: str, config: dict[str, Any], weights: Weights, **more: Any) -> torch.nn.Module:
    made = getattr(transformers, model)(transformers.CONFIG_MAPPING[kind](**{**config, **more, "model_type": kind}))
    made.load_state_dict(weights, strict=False)
    return made.eval()


def shapes_of(model: torch.nn.Module, prefix: str) -> dict[str, list[int]]:
    return {f"{prefix}{name}": list(value.shape) for name, value in model.named_parameters()}


def llama_bidirec(config: dict[str, Any], read: Reader, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    weights = {name.removeprefix("model."): value for name, value in read.weights.items()}
    own = {key: value for key, value in config.items() if key not in ("pooling", "temperature")}
    model = transformers_model("llama", "LlamaModel", own, weights, is_causal=False)
    hidden = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
    mask = batch["attention_mask"][..., None]
    pooled = (hidden * mask).sum(dim=1) / mask.sum(dim=1)
    return hidden, pooled @ read.get("score.weight").T / config["temperature"]


def llama_bidirec_shapes(config: dict[str, Any]) -> dict[str, list[int]]:
    own = {key: value for key, value in config.items() if key not in ("pooling", "temperature")}
    shapes = shapes_of(transformers_model("llama", "LlamaModel", own, {}), "model.")
    return {**shapes, "score.weight": [config["num_labels"], HIDDEN]}


def hhem(config: dict[str, Any], read: Reader, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    weights = {name.removeprefix("t5."): value for name, value in read.weights.items()}
    model = transformers_model("t5", "T5ForTokenClassification", config, weights)
    inputs = {key: batch[key] for key in ("input_ids", "attention_mask")}
    return model.transformer(**inputs).last_hidden_state, model(**inputs).logits[:, 0]


def hhem_shapes(config: dict[str, Any]) -> dict[str, list[int]]:
    shapes = shapes_of(transformers_model("t5", "T5ForTokenClassification", config, {}), "t5.")
    return {name: shape for name, shape in shapes.items() if not name.endswith("embed_tokens.weight")}


def classifier_shapes(kind: str, model: str) -> Callable[[dict[str, Any]], dict[str, list[int]]]:
    return lambda config: shapes_of(transformers_model(kind, model, config, {}), "")


def classifier(kind: str, model: str, body: str) -> "Compute":
    """Naver's rerankers: transformers' own classifiers under another name. (Their head for tokens is in model_table.py.)"""

    def compute(config: dict[str, Any], read: Reader, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        made = transformers_model(kind, model, config, read.weights)
        inputs = {key: batch[key] for key in ("input_ids", "attention_mask")}
        return getattr(made, body)(**inputs).last_hidden_state, made(**inputs).logits

    return compute


COMMON = {
    "hidden_size": HIDDEN, "intermediate_size": INNER, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "vocab_size": VOCABULARY,
    "max_position_embeddings": 64, "layer_norm_eps": 1e-12, "hidden_act": "gelu", "num_labels": 1,
}  # fmt: skip
NOMIC = {
    "model_type": "nomic_bert", "architectures": ["NomicBertModel"], "n_embd": HIDDEN, "n_head": HEADS, "n_inner": INNER, "n_layer": LAYERS,
    "n_positions": 64, "vocab_size": VOCABULARY, "layer_norm_epsilon": 1e-5, "prenorm": False, "use_rms_norm": False, "parallel_block": False,
    "causal": False, "rotary_emb_fraction": 1.0, "rotary_emb_interleaved": False, "rotary_emb_scale_base": None, "rotary_scaling_factor": None,
    "pad_token_id": 0,
}  # fmt: skip
NEW = {
    **COMMON, "model_type": "new", "architectures": ["NewForSequenceClassification"], "position_embedding_type": "rope", "pack_qkv": True,
    "layer_norm_type": "layer_norm", "logn_attention_scale": False, "rope_theta": 500.0, "pad_token_id": 0,
}  # fmt: skip
JINA = {
    **COMMON, "model_type": "bert", "architectures": ["JinaBertForSequenceClassification"], "position_embedding_type": "alibi",
    "type_vocab_size": 2, "feed_forward_type": "geglu", "pad_token_id": 0,
}  # fmt: skip
FLASH = {
    **COMMON, "model_type": "xlm-roberta", "architectures": ["XLMRobertaFlashForSequenceClassification"], "type_vocab_size": 1,
    "pad_token_id": 1, "layer_norm_eps": 1e-5,
}  # fmt: skip
MOE = {"moe_every_n_layers": 2, "num_experts": 5, "moe_top_k": 2, "expert_choice_router": False, "num_shared_experts": 0}

Compute = Callable[[dict[str, Any], Reader, Batch], tuple[torch.Tensor, torch.Tensor | None]]
MODELS: dict[str, tuple[dict[str, Any], Compute, Callable[[dict[str, Any]], dict[str, list[int]]]]] = {
    "hub-nomic": (
        {**NOMIC, "activation_function": "swiglu", "type_vocab_size": 2, "rotary_emb_base": 1000.0,
         "qkv_proj_bias": False, "mlp_fc1_bias": False, "mlp_fc2_bias": False}, nomic, nomic_shapes),
    "hub-nomic-moe": (
        {**NOMIC, **MOE, "activation_function": "gelu", "type_vocab_size": 1, "rotary_emb_base": 10000.0,
         "qkv_proj_bias": True, "mlp_fc1_bias": True, "mlp_fc2_bias": True}, nomic, nomic_shapes),
    "hub-gte": ({**NEW, "type_vocab_size": 1, "rope_scaling": {"type": "ntk", "factor": 8.0}}, gte, gte_shapes),
    "hub-gte-without-types": ({**NEW, "type_vocab_size": 0, "rope_scaling": None}, gte, gte_shapes),
    "hub-llama-bidirec": (
        {"model_type": "llama_bidirec", "architectures": ["LlamaBidirectionalForSequenceClassification"], "vocab_size": VOCABULARY,
         "hidden_size": HIDDEN, "intermediate_size": INNER, "num_hidden_layers": 2, "num_attention_heads": HEADS, "num_key_value_heads": 2,
         "rms_norm_eps": 1e-5, "pooling": "avg", "temperature": 0.2, "num_labels": 1, "pad_token_id": 0,
         "rope_parameters": {"rope_type": "llama3", "rope_theta": 500.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                             "original_max_position_embeddings": 16}}, llama_bidirec, llama_bidirec_shapes),
    "hub-hhem": (
        {"model_type": "HHEMv2", "architectures": ["HHEMv2ForSequenceClassification"], "vocab_size": VOCABULARY, "d_model": HIDDEN, "d_kv": 8,
         "d_ff": INNER, "num_layers": 2, "num_heads": 3, "num_labels": 2, "feed_forward_proj": "gated-gelu", "pad_token_id": 0},
        hhem, hhem_shapes),
    "hub-provence": (
        {**COMMON, "model_type": "Provence", "architectures": ["Provence"], "pad_token_id": 0, "num_hidden_layers": 2, "relative_attention": True,
         "position_buckets": 8, "norm_rel_ebd": "layer_norm", "share_att_key": True, "pos_att_type": ["p2c", "c2p"], "position_biased_input": False,
         "max_relative_positions": -1, "type_vocab_size": 0},
        classifier("deberta-v2", "DebertaV2ForSequenceClassification", "deberta"), classifier_shapes("deberta-v2", "DebertaV2ForSequenceClassification")),
    "hub-xprovence": (
        {**COMMON, "model_type": "XProvence", "architectures": ["XProvenceForSequenceClassification"], "pad_token_id": 1, "num_hidden_layers": 2,
         "type_vocab_size": 1},
        classifier("xlm-roberta", "XLMRobertaForSequenceClassification", "roberta"), classifier_shapes("xlm-roberta", "XLMRobertaForSequenceClassification")),
    "hub-jina-bert": (JINA, jina_bert, jina_bert_shapes),
    "hub-jina-flash": ({**FLASH, "position_embedding_type": "absolute"}, flash, flash_shapes),
    "hub-jina-lora": (
        {**FLASH, "position_embedding_type": "rotary", "rotary_emb_base": 20000.0, "lora_adaptations": ["retrieval.query"]},
        flash, flash_shapes),
}  # fmt: skip
# Those whose goldens model_table.py writes: an input beside the batch says what they compute.
TABLE_MODELS: dict[str, Any] = {
    "hub-jina-tasks": (
        {**FLASH, "position_embedding_type": "rotary", "rotary_emb_base": 20000.0, "lora_rank": 2, "lora_alpha": 3,
         "lora_adaptations": ["retrieval.query", "retrieval.passage", "text-matching"]},
        flash, flash_shapes),
}  # fmt: skip


def write_hub_golden(name: str) -> None:
    config, compute, shapes = MODELS[name]
    seed = sum(name.encode())
    tensors = {key: recipe(key.replace(".parametrizations.weight.original", ".weight"), shape) for key, shape in sorted(shapes(config).items())}
    read = Reader({key: seeded(key, seed, made) for key, made in tensors.items()})
    batches = {f"{name}/{side}": batch_of(config, side) for side in ("right", "left")}
    cases = []
    for batch, rows in batches.items():
        with torch.no_grad():
            hidden, logits = compute(config, read, {key: torch.tensor(values) for key, values in rows.items()})
        case: dict[str, Any] = {"name": f"{name}, padded {batch.split('/')[1]}", "model": name, "batch": batch}
        if batch.endswith("right") or logits is None:
            case["hidden"] = tensor_golden(hidden)
        if logits is not None:
            case["logits"] = tensor_golden(logits)
        cases.append(case)
    own = ("nomic", "new", "bert", "xlm-roberta")
    libraries = ["torch"] if config["model_type"].startswith(own) else ["torch", "transformers"]
    write_golden(f"{FOLDER}/{name}.json", Path(__file__).name, libraries, cases, config=config, seed=seed, tensors=tensors, batches=batches)


if __name__ == "__main__":
    torch.set_num_threads(1)
    for name in sys.argv[1:] or sorted(MODELS):
        write_hub_golden(name)
