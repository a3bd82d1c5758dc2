"""Trains a small model of each newer kind, so that the drift of int8 is not that of random weights (which is large: nothing in a
random model makes its layers tolerant).

    python bench/rerank/train-small.py --shared ../shared/data --out FOLDER [--steps 200] [--kinds modular,decoder,sparse]

Questions and answers of ../shared/data/train; BERT's words. A reranker learns to separate the answer from the one whose words are nearest to the question's among
a batch of others; an encoder, from all others of its batch. Needs torch, transformers and sentence-transformers.
"""

import argparse
import gzip
import json
import random
from pathlib import Path

import torch
from sentence_transformers import CrossEncoder, SparseEncoder
from sentence_transformers.base.modules import Dense, Transformer
from sentence_transformers.sentence_transformer.modules import LayerNorm, Pooling
from sentence_transformers.sparse_encoder.modules import SpladePooling
from transformers import AutoConfig, AutoModel, AutoModelForMaskedLM, AutoModelForSequenceClassification, PreTrainedTokenizerFast

SIZE, LAYERS, HEADS, TOKENS, BATCH = 192, 4, 6, 64, 16


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--kinds", default=",".join(KINDS))
    args = parser.parse_args()
    pairs = [pair for name in ["nqg-squad", "medquad"] for pair in read_pairs(args.shared / "train" / f"{name}.jsonl.gz")]
    for kind in args.kinds.split(","):
        torch.manual_seed(1)
        source = save_source(args.out / f"{kind}-source", args.shared, kind)
        model, loss = KINDS[kind](str(source))
        train(kind, model, loss, pairs, args.steps, random.Random(1))
        model.eval()
        model.save_pretrained(str(args.out / kind))
        if kind == "decoder":
            PreTrainedTokenizerFast.from_pretrained(source).save_pretrained(args.out / kind)


def read_pairs(path: Path) -> list[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return [(row["query"], row["positive"]) for row in map(json.loads, lines)]


def save_source(folder: Path, shared: Path, kind: str) -> Path:
    """A random model and BERT's tokenizer."""
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(shared / "tokenizers" / "bert-base-uncased" / "tokenizer.json"),
        unk_token="[UNK]", sep_token="[SEP]", pad_token="[PAD]", cls_token="[CLS]", mask_token="[MASK]",
        model_max_length=TOKENS, model_input_names=["input_ids", "attention_mask"],
    )  # fmt: skip
    ids = {"pad_token_id": tokenizer.pad_token_id, "cls_token_id": tokenizer.cls_token_id, "sep_token_id": tokenizer.sep_token_id}
    sizes = {"vocab_size": len(tokenizer), "hidden_size": SIZE, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "intermediate_size": 2 * SIZE}
    if kind == "modular":
        config = AutoConfig.for_model("modernbert", **sizes, **ids, bos_token_id=ids["cls_token_id"], eos_token_id=ids["sep_token_id"], local_attention=32)
        model = AutoModel.from_config(config)
    elif kind == "decoder":
        more = {"num_key_value_heads": 2, "head_dim": SIZE // HEADS, "num_labels": 1, "pad_token_id": ids["pad_token_id"]}
        model = AutoModelForSequenceClassification.from_config(AutoConfig.for_model("qwen3", **sizes, **more))
    else:
        model = AutoModelForMaskedLM.from_config(AutoConfig.for_model("bert", **sizes, pad_token_id=ids["pad_token_id"]))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def modular(source: str):
    heads = [
        Pooling(SIZE, "cls"),
        Dense(SIZE, SIZE, bias=False, activation_function=torch.nn.GELU()),
        LayerNorm(SIZE),
        Dense(SIZE, 1, activation_function=torch.nn.Identity(), module_output_name="scores"),
    ]
    model = CrossEncoder(modules=[Transformer(source), *heads], activation_fn=torch.nn.Identity(), device="cpu")
    tokenizer = model.tokenizer

    def logits(pairs):
        features = dict(tokenizer(pairs, padding=True, truncation=True, max_length=TOKENS, return_tensors="pt"))
        for module in model:
            features = module(features)
        return features["scores"].flatten()

    return model, lambda questions, answers: reranker_loss(logits, questions, answers)


def decoder(source: str):
    tokenizer = PreTrainedTokenizerFast.from_pretrained(source)
    model = AutoModelForSequenceClassification.from_pretrained(source)

    def logits(pairs):
        return model(**tokenizer(pairs, padding=True, truncation=True, max_length=TOKENS, return_tensors="pt")).logits.flatten()

    return model, lambda questions, answers: reranker_loss(logits, questions, answers)


def reranker_loss(logits, questions, answers):
    words = [set(text.lower().split()) for text in answers]

    def near(i: int) -> int:
        question_words = set(questions[i].lower().split())
        return max((j for j in range(len(answers)) if j != i), key=lambda j: len(question_words & words[j]))

    others = [answers[near(i)] for i in range(len(answers))]
    scores = logits([*zip(questions, answers), *zip(questions, others)])
    right, wrong = scores.chunk(2)
    targets = torch.cat([torch.ones_like(right), torch.zeros_like(wrong)])
    return torch.nn.functional.binary_cross_entropy_with_logits(scores, targets) - torch.nn.functional.logsigmoid(right - wrong).mean()


def sparse(source: str):
    model = SparseEncoder(modules=[Transformer(source, transformer_task="fill-mask"), SpladePooling("max")], device="cpu")

    def encode(texts):
        features = dict(model.tokenizer(texts, padding=True, truncation=True, max_length=TOKENS, return_tensors="pt"))
        for module in model:
            features = module(features)
        return features["sentence_embedding"]

    def loss(questions, answers):
        question_words, told = encode(questions), encode(answers)
        found = torch.nn.functional.cross_entropy(question_words @ told.T, torch.arange(len(question_words)))
        # FLOPS (Paria et al. 2020): the mean weight of each word, squared.
        return found + 1e-3 * sum((weights.mean(0) ** 2).sum() for weights in [question_words, told])

    return model, loss


def train(kind: str, model, loss, pairs, steps: int, order: random.Random) -> None:
    model.train()
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=1e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, 10 * (step + 1) / steps) * (1 - step / steps))
    mean = 0.0
    for step in range(steps):
        questions, answers = zip(*order.sample(pairs, BATCH), strict=True)
        value = loss(list(questions), list(answers))
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        schedule.step()
        mean = value.item() if step == 0 else 0.98 * mean + 0.02 * value.item()
        if step % 100 == 99:
            print(f"{kind} {step + 1}: {mean:.3f}", flush=True)


KINDS = {"modular": modular, "decoder": decoder, "sparse": sparse}

if __name__ == "__main__":
    main()
