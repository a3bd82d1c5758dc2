"""Trains the embedding model: distilled from all-MiniLM-L6-v2 and, on the same pairs, contrastively.

    python train_embedder.py --data .work/data --out .work/models --seconds 900 [--from FOLDER]

First without layers: word pieces whose mean is near the teacher's vector of a text (a minute, and most of the way). Then
the whole model, in batches of neighbours (clusters of the teacher's space are the hard negatives) and of strangers:
to lie where the teacher puts a text, to rank the batch's passages for each query as the teacher does, and to put a
labelled positive first. The student's space is the teacher's, turned so that its 256 strongest directions are kept.
With `--from`, the weights of an earlier run are trained on, and the teacher is turned to where they already lie.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

from corpus import SHIFTED_OFTEN, Lesson, TokenStore
from models import EMBEDDER_LAYERS, FAST_TYPE, MAX_TOKENS, Embedder, encode_sorted, go_on_from, student_config
from schedule import timed_training

TEMPERATURE = 0.05


def strongest_directions(vectors: torch.Tensor, count: int) -> torch.Tensor:
    """[texts, d] → [texts, count] of length 1: uncentred PCA, which keeps dot products best."""
    _, directions = torch.linalg.eigh(vectors.T @ vectors)
    return F.normalize(vectors @ directions[:, -count:], dim=1)


@torch.inference_mode()
def directions_of(model: Embedder, store: TokenStore, teacher: torch.Tensor, sample: int = 6000) -> torch.Tensor:
    """[texts, d] → [texts, 256] of length 1: the teacher turned to lie as near the student as a rotation can (Procrustes)."""
    rows = torch.randperm(len(teacher))[:sample]
    left, _, right = torch.linalg.svd(teacher[rows].T @ encode_sorted(model, store, rows, 4096), full_matrices=False)
    return F.normalize(teacher @ (left @ right), dim=1)


def rank_as(student: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
    """How far the student's order of each row is from the teacher's (KL of their softmax)."""
    return F.kl_div(
        F.log_softmax(student / TEMPERATURE, 1), F.log_softmax(teacher / TEMPERATURE, 1), log_target=True, reduction="batchmean"
    )


def train_pieces(store: TokenStore, target: torch.Tensor, vocabulary: int, seconds: float) -> torch.Tensor:
    """Word-piece vectors [vocabulary, d] whose (layer-normed, as in BERT) mean points where the teacher does."""
    table = nn.Embedding(vocabulary, target.shape[1])
    nn.init.normal_(table.weight, std=0.5)
    short = torch.nonzero(store.lengths == 1)[:, 0]
    with torch.no_grad():
        # A text of one piece says where that piece starts.
        table.weight[store.flat[store.offsets[short]].long()] = F.layer_norm(target[short], target.shape[1:]) * 0.5
    for _, update in timed_training(table, seconds, 2e-2, "pieces"):
        rows = torch.randint(len(target), (1024,))
        ids, starts = store.bag(rows)
        pieces = F.layer_norm(table.weight, target.shape[1:])
        vectors = F.normalize(F.embedding_bag(ids, pieces, starts, mode="mean"), dim=1)
        wanted = target[rows]
        update((1 - (vectors * wanted).sum(1)).mean() + 0.2 * rank_as(vectors @ vectors.T, wanted @ wanted.T))
    return F.layer_norm(table.weight.detach(), target.shape[1:]) * 0.5


def clusters(vectors: torch.Tensor, count: int, rounds: int = 6) -> torch.Tensor:
    """Spherical k-means: [texts, d] → [texts] cluster numbers."""
    centres = vectors[torch.randperm(len(vectors))[:count]]
    for _ in range(rounds):
        nearest = torch.cat([(part @ centres.T).argmax(1) for part in vectors.split(8192)])
        centres = F.normalize(torch.zeros_like(centres).index_add_(0, nearest, vectors), dim=1)
    return nearest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=900)
    parser.add_argument("--rate", type=float, default=8e-4, help="the highest learning rate")
    parser.add_argument("--from", dest="start", type=Path, help="folder of an exported embedder to go on from")
    parser.add_argument("--layers", type=int, default=EMBEDDER_LAYERS, help="layers that the weights of --from lack are added on top")
    parser.add_argument("--pieces-seconds", type=float, default=60)
    parser.add_argument("--batch", type=int, default=192)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    started = time.monotonic()

    def note(what: str, **figures) -> None:
        print(json.dumps({"at": round(time.monotonic() - started), "what": what, **figures}), flush=True)

    lesson = Lesson(arguments.data)
    tokenizer = Tokenizer.from_file(str(arguments.data / "tokenizer.json"))
    store = TokenStore(tokenizer, lesson.texts, MAX_TOKENS, "cpu")
    config = student_config(tokenizer.get_vocab_size(), arguments.layers)
    note("lesson", texts=len(lesson.texts), pairs=len(lesson.queries), tokens=int(store.lengths.sum()))

    model = Embedder(config)
    if arguments.start:
        go_on_from(model.bert, arguments.start)
        target = directions_of(model, store, lesson.teacher)
    else:
        target = strongest_directions(lesson.teacher, config.hidden_size)
        pieces = train_pieces(store, target, config.vocab_size, arguments.pieces_seconds)
        with torch.no_grad():
            model.bert.embeddings.word_embeddings.weight.copy_(pieces)
    note("start", parameters=sum(p.numel() for p in model.parameters()))

    queries, positives, labelled = lesson.queries, lesson.positives, lesson.labelled
    cluster = clusters(target[positives], 300)
    by_cluster = torch.argsort(cluster)
    ends = torch.cumsum(torch.bincount(cluster), 0).tolist()
    size = arguments.batch
    note("clusters")

    def draw() -> torch.Tensor:
        """Half the time strangers, half the time two neighbourhoods."""
        if torch.rand(1) < 0.5:
            return torch.randint(len(queries), (size,))
        stretches = []
        for _ in range(2):
            end = max(size, ends[int(torch.randint(len(ends), (1,)))])
            stretches.append(by_cluster[end - size // 2 : end])
        return torch.cat(stretches).unique()

    arguments.out.mkdir(parents=True, exist_ok=True)

    def save(_progress: float) -> None:
        torch.save(model.bert.state_dict(), arguments.out / "embedder.pt")

    for progress, update in timed_training(model, arguments.seconds, arguments.rate, "embedder", save):
        rows = draw()
        q, p = queries[rows], positives[rows]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=FAST_TYPE == torch.bfloat16):
            vectors = encode_sorted(model, store, torch.cat([q, p]), 4096, often_shifted=SHIFTED_OFTEN)
        wanted = target[torch.cat([q, p])]
        place = 1 - (vectors * wanted).sum(1).mean()
        student_q, student_p = vectors.split(len(rows))
        teacher_q, teacher_p = wanted.split(len(rows))
        similarity, reference = student_q @ student_p.T, teacher_q @ teacher_p.T
        order = rank_as(similarity, reference) + rank_as(similarity.T, reference.T)
        others = ~torch.eye(len(rows), dtype=torch.bool)
        # What the teacher finds as close as the positive is no negative.
        doubtful = (reference > reference.diagonal()[:, None] - 0.02) | (p[:, None] == p[None])
        logits = (similarity / TEMPERATURE).masked_fill(doubtful & others, -1e4)
        own = torch.arange(len(rows))[labelled[rows]]
        contrast = F.cross_entropy(logits[own], own) if len(own) else similarity.sum() * 0
        loss = 4 * place + order + 0.3 * contrast
        update(loss, place=place, order=order, contrast=contrast)



if __name__ == "__main__":
    main()
