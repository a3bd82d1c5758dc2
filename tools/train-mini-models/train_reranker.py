"""Trains the cross-encoder on the mined lists, starting from the trained embedding model.

    torchrun --nproc-per-node 2 train_reranker.py --data .work/data --models .work/models --seconds 1800 [--from FOLDER]

Layer 0 is new and starts out comparing words across the pair (matching_layer.py); the embedding model's layers follow, and
any further ones of `--layers` add little at first. With `--from`, the weights of an earlier run, of fewer layers perhaps, are
trained on instead. torchrun starts a process a core: each reads its own lists, their gradients are averaged. Without it there is one.
The loss is listwise: the student's distribution over a query's candidates, those that only look like an answer among them, against the target's; and,
lightly, a yes/no on each candidate, so that the sigmoid of the logit reads as a probability and a threshold on it means something. What looks
like an answer, and the passage for a question that it does not answer, are also kept a margin below the passage for its own question.
"""

from __future__ import annotations

import argparse
import copy
import json
import lzma
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from corpus import Lesson, TokenStore, shifted
from matching_layer import make_first_layer_match, make_later_layers_add_little
from models import EMBEDDER_LAYERS, FAST_TYPE, MAX_TOKENS, Reranker, go_on_from, student_config
from schedule import join_processes, timed_training

LAYERS = 6
# How many tokens of a pair are read: most lists whole or nearly, some short, which is cheap and teaches the same words.
LIMITS = (96, 128, 160, 256)
# The target: similarity plus this much of BM25, and so much more for a labelled positive (all in standard deviations).
OVERLAP_SHARE = 0.7
LABEL_BONUS = 1.0
# What the yes/no and the margin weigh beside the listwise loss.
YES_NO_SHARE = 0.3
MARGIN_SHARE = 0.3
# How often a list's first candidates are cut to their closest sentences: else all that is short is an adversary, and short passages are put last.
SENTENCE_SHARE = 0.4
# Between the logits of an answer and of what only looks like one.
MARGIN = 2.0
# The target and the logit of a place that holds nothing.
NOWHERE = -1e4
# The share of a run whose weights are not yet averaged.
AVERAGED_FROM = 0.33


def start_from_embedder(reranker: Reranker, path: Path) -> None:
    """The embedder's layer i becomes layer i + 1; its word pieces and positions stay."""
    state = {}
    for name, value in torch.load(path, weights_only=True).items():
        parts = name.split(".")
        if parts[:2] == ["encoder", "layer"]:
            parts[2] = str(int(parts[2]) + 1)
        state[".".join(parts)] = value
    reranker.model.bert.load_state_dict(state, strict=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--rate", type=float, default=6e-4, help="the highest learning rate")
    parser.add_argument("--from", dest="start", type=Path, help="folder of an exported reranker to go on from")
    parser.add_argument("--keep", action="store_true", help="the target of candidates is what the reranker of --from makes of them, not the teacher's and BM25's scores")
    parser.add_argument("--candidates", type=int, help="of each list; all, if not given")
    parser.add_argument("--limits", type=lambda text: [int(number) for number in text.split(",")], default=LIMITS, help="tokens of a pair that are read, one drawn for each step")
    parser.add_argument("--no-muon", dest="muon", action="store_false", help="AdamW alone")
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--lists", type=int, default=16, help="lists a step and process")
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--plain-start", action="store_true", help="layer 0 starts at random, for comparison")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    rank, processes = join_processes()

    lesson = Lesson(arguments.data)
    tokenizer = Tokenizer.from_file(str(arguments.data / "tokenizer.json"))
    with lzma.open(arguments.data / "made.json.xz", "rt", encoding="utf-8") as file:
        store = TokenStore(tokenizer, lesson.texts + json.load(file), MAX_TOKENS, "cpu")
    mined = {name: torch.from_numpy(values) for name, values in np.load(arguments.data / "lists.npz").items()}
    rows, query, candidates, labelled = mined["rows"], mined["queries"], mined["candidates"].long(), mined["labelled"]
    candidates = candidates[:, : arguments.candidates]
    targets = (mined["similarity"] + OVERLAP_SHARE * mined["overlap"])[:, : candidates.shape[1]]
    targets[:, 0] += LABEL_BONUS * labelled
    # The last columns: what looks like an answer, and the passage for a question that it does not answer. Places without either stand for the passage itself.
    against, unanswered, sentences = (mined[name].long() for name in ("against", "unanswered", "sentences"))
    are_there = torch.cat([torch.ones_like(candidates, dtype=torch.bool), against >= 0], 1)
    targets = torch.cat([targets, targets[:, :1] - mined["below"]], 1).masked_fill(~are_there, NOWHERE)
    own = candidates[:, :1]
    second = torch.cat([candidates, torch.where(against >= 0, against, own), own], 1)
    first = torch.cat([query[:, None].expand(-1, second.shape[1] - 1), torch.where(unanswered >= 0, unanswered, query)[:, None]], 1)

    model = Reranker(student_config(tokenizer.get_vocab_size(), arguments.layers))
    if arguments.start:
        go_on_from(model.model, arguments.start)
        trained = json.loads((arguments.start / "config.json").read_text())["num_hidden_layers"]
    else:
        start_from_embedder(model, arguments.models / "embedder.pt")
        trained = EMBEDDER_LAYERS + 1
        if not arguments.plain_start:
            make_first_layer_match(model.model.bert)
    earlier = copy.deepcopy(model).eval() if arguments.keep else None
    if trained < arguments.layers:
        make_later_layers_add_little(model.model.bert, trained)

    def texts_of(lists: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[lists] → queries and the passages read with them [lists, candidates, adversaries, and the passage of the unanswered question]"""
        passage_rows = second[lists].clone()
        closest = sentences[lists][:, : candidates.shape[1]]
        cut = (closest >= 0) & (torch.rand(len(lists), 1) < SENTENCE_SHARE)
        passage_rows[:, : closest.shape[1]] = torch.where(cut, closest, passage_rows[:, : closest.shape[1]])
        return first[lists], passage_rows

    def score(query_rows: torch.Tensor, passage_rows: torch.Tensor, limit: int, scorer: Reranker = model) -> torch.Tensor:
        """[lists, columns] → logits [lists, columns] of pairs cut to `limit` tokens, in batches of like length."""
        shape, query_rows, passage_rows = query_rows.shape, query_rows.reshape(-1), passage_rows.reshape(-1)
        order = torch.argsort(store.lengths[query_rows] + store.lengths[passage_rows])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=FAST_TYPE == torch.bfloat16):
            logits = torch.cat([scorer(shifted(store.pairs(query_rows[part], passage_rows[part], limit), MAX_TOKENS)) for part in order.chunk(5)])
        return logits[torch.argsort(order)].view(shape)

    def target_of(lists: torch.Tensor, query_rows: torch.Tensor, passage_rows: torch.Tensor, limit: int) -> torch.Tensor:
        """[lists, columns] → [lists, candidates and adversaries]"""
        if earlier is None:
            return targets[lists]
        with torch.no_grad():
            kept = score(query_rows[:, : candidates.shape[1]], passage_rows[:, : candidates.shape[1]], limit, earlier)
        below = mined["below"][lists] * kept.std(1, keepdim=True).clamp(min=1.0)
        return torch.cat([kept, kept[:, :1] - below], 1).masked_fill(~are_there[lists], NOWHERE)

    sums: dict[str, torch.Tensor] = {}
    copies = 0

    def save(progress: float) -> None:
        """Writes the mean of what the later part of the run passed through (stochastic weight averaging, Izmailov et al., 2018): on other texts than these it is better than where the run ends."""
        nonlocal copies
        state = model.model.state_dict()
        if progress > AVERAGED_FROM:
            copies += 1
            for name, value in state.items():
                sums[name] = sums[name] + value if name in sums else value.clone()
        torch.save({name: value / copies for name, value in sums.items()} if copies else state, arguments.models / "reranker.pt")

    held_out = torch.arange(400)
    # None of a pair whose list is held out.
    learned = np.flatnonzero(~np.isin(rows, rows[held_out]))
    # All processes draw the same order and limits, so that none waits long for another.
    together = np.random.default_rng(arguments.seed)
    epoch, at = together.permutation(learned), rank
    for progress, update in timed_training(model, arguments.seconds, arguments.rate, "reranker", save, arguments.muon):
        if at + processes * arguments.lists > len(epoch):
            epoch, at = together.permutation(learned), rank
        lists, at = torch.from_numpy(epoch[at : at + processes * arguments.lists : processes]), at + processes * arguments.lists
        limit = int(together.choice(arguments.limits))
        query_rows, passage_rows = texts_of(lists)
        target, scored = target_of(lists, query_rows, passage_rows, limit), score(query_rows, passage_rows, limit)
        logits, unanswered_logits = scored[:, :-1].masked_fill(~are_there[lists], NOWHERE), scored[:, -1]
        listwise = F.kl_div(F.log_softmax(logits, 1), F.log_softmax(target, 1), log_target=True, reduction="batchmean")
        # Yes: a labelled positive. No: what the target puts well below the query's own passage, and that passage for another question.
        yes, asks_more = labelled[lists], unanswered[lists] >= 0
        no = (target[:, 1:] < target[:, :1] - 1.25) & are_there[lists][:, 1:]
        yes_no = sum(
            F.binary_cross_entropy_with_logits(some, torch.full_like(some, answer), reduction="sum") / max(1, len(some))
            for some, answer in ((logits[:, 0][yes], 1.0), (torch.cat([logits[:, 1:][no], unanswered_logits[asks_more]]), 0.0))
        )
        lures = torch.cat([logits[:, candidates.shape[1] :], unanswered_logits[:, None]], 1)
        are_lures = torch.cat([are_there[lists][:, candidates.shape[1] :], asks_more[:, None]], 1)
        ahead = (logits[:, :1] - lures)[are_lures]
        margin = F.softplus(MARGIN - ahead).sum() / max(1, len(ahead))
        agree = (logits.argmax(1) == target.argmax(1)).float().mean()
        fooled = (ahead < 0).float().mean() if len(ahead) else torch.zeros(())
        update(listwise + YES_NO_SHARE * yes_no + MARGIN_SHARE * margin, listwise=listwise, yes_no=yes_no, margin=margin, agree=agree, fooled=fooled)

    if rank > 0:
        return
    with torch.no_grad():
        limit = arguments.limits[-1]
        parts = [(part, first[part], second[part]) for part in held_out.split(50)]
        logits = torch.cat([score(query_rows, passage_rows, limit)[:, :-1].masked_fill(~are_there[part], NOWHERE) for part, query_rows, passage_rows in parts])
        target = torch.cat([target_of(part, query_rows, passage_rows, limit) for part, query_rows, passage_rows in parts])
    figures = {"held out": "reranker", "agree": float((logits.argmax(1) == target.argmax(1)).float().mean())}
    figures["listwise"] = float(F.kl_div(F.log_softmax(logits, 1), F.log_softmax(target, 1), log_target=True, reduction="batchmean"))
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
