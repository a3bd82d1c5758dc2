"""Texts as token ids on the training device, and batches of them assembled there."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections import Counter
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

# Sources whose query really asks for, names or heads its positive; the others only teach similarity.
SIMILARITY_ONLY = ("medquad-later", "factbook-later", "nqg-squad-later", "pseudo-sentence", "pseudo-keywords")


class Lesson:
    """Unique texts, the teacher's vector of each, and pairs (query, positive, source) that index into the texts."""

    def __init__(self, folder: Path) -> None:
        with lzma.open(folder / "lesson.json.xz", "rt", encoding="utf-8") as file:
            lesson = json.load(file)
        self.texts: list[str] = lesson["texts"]
        queries, positives, sources = zip(*lesson["pairs"])
        self.queries, self.positives = torch.tensor(queries), torch.tensor(positives)
        self.labelled = torch.tensor([source not in SIMILARITY_ONLY for source in sources])
        self.sources: tuple[str, ...] = sources
        self.teacher_file = folder / "teacher.npy"

    @cached_property
    def teacher(self) -> torch.Tensor:
        """The teacher's vector of each text: [texts, 384], length 1."""
        return torch.from_numpy(np.load(self.teacher_file)).float()


def pseudo_queries(rows: list, rng: random.Random) -> list:
    """A sentence of the passage, or its rarest words: queries that look like statements and like searches."""
    counts = Counter(word for _, text, _ in rows for word in set(re.findall(r"\w+", text.lower())))
    made = []
    for _, text, source in rows:
        if len(text) < 200 or source in ("wordnet", "gcide"):
            continue
        sentences = [s for s in re.split(r"(?<=[.!?]) +", text) if 30 < len(s) < 200]
        if len(sentences) > 1 and rng.random() < 0.6:
            made.append((rng.choice(sentences), text, "pseudo-sentence"))
        words = list(dict.fromkeys(re.findall(r"[\w-]{3,}", text)))
        if len(words) > 12 and rng.random() < 0.8:
            window = rng.sample(words, 12)
            rare = set(sorted(window, key=lambda word: counts[word.lower()])[: rng.randint(2, 6)])
            made.append((" ".join(word for word in words if word in rare), text, "pseudo-keywords"))
    return made


def rounded(length: int, most: int) -> int:
    """The next multiple of 16: few shapes, so that the kernels compiled for each are used again."""
    return min((length + 15) // 16 * 16, most)


class TokenStore:
    """Token ids of many texts, without special tokens, flat on one device."""

    def __init__(self, tokenizer: Tokenizer, texts: list[str], max_length: int, device: str) -> None:
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length)
        lengths, flat = [], []
        for start in range(0, len(texts), 20_000):
            for encoding in tokenizer.encode_batch(texts[start : start + 20_000], add_special_tokens=False):
                lengths.append(len(encoding.ids))
                flat.append(np.asarray(encoding.ids, dtype=np.int32))
        self.flat = torch.from_numpy(np.concatenate(flat)).to(device)
        self.lengths = torch.tensor(lengths, device=device)
        self.offsets = torch.cumsum(self.lengths, 0) - self.lengths
        self.max_length, self.device = max_length, device
        self.cls, self.sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
        self.pad = tokenizer.token_to_id("[PAD]")

    def _gather(self, offsets: torch.Tensor, position: torch.Tensor) -> torch.Tensor:
        return self.flat[(offsets + position).clamp(0, len(self.flat) - 1)].long()

    def bag(self, rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Token ids of the rows end to end, and where each row starts, as embedding_bag wants them."""
        lengths = self.lengths[rows].clamp(min=1)
        starts = torch.cumsum(lengths, 0) - lengths
        inside = torch.arange(int(lengths.sum()), device=self.device) - torch.repeat_interleave(starts, lengths)
        return self._gather(torch.repeat_interleave(self.offsets[rows], lengths), inside), starts

    def singles(self, rows: torch.Tensor) -> dict[str, torch.Tensor]:
        """[CLS] text [SEP], padded to the longest: [rows] → [rows, tokens]."""
        length = self.lengths[rows].clamp(max=self.max_length - 2)[:, None]
        position = torch.arange(rounded(int(length.max()) + 2, self.max_length), device=self.device)[None]
        ids = torch.where(position <= length, self._gather(self.offsets[rows][:, None], position - 1), self.sep)
        ids = torch.where(position == 0, self.cls, ids)
        mask = position < length + 2
        return {"input_ids": torch.where(mask, ids, self.pad), "attention_mask": mask.long()}

    def pairs(self, first: torch.Tensor, second: torch.Tensor, limit: int) -> dict[str, torch.Tensor]:
        """[CLS] first [SEP] second [SEP], the second cut to fit `limit` tokens in all: [rows], [rows] → [rows, tokens]."""
        a = self.lengths[first].clamp(max=limit // 2)[:, None]
        b = torch.minimum(self.lengths[second][:, None], limit - 3 - a)
        position = torch.arange(rounded(int((a + b).max()) + 3, self.max_length), device=self.device)[None]
        ids = self._gather(self.offsets[second][:, None], position - a - 2)
        ids = torch.where(position <= a, self._gather(self.offsets[first][:, None], position - 1), ids)
        ids = torch.where(position == 0, self.cls, ids)
        ids = torch.where((position == a + 1) | (position == a + b + 2), self.sep, ids)
        mask = position < a + b + 3
        return {
            "input_ids": torch.where(mask, ids, self.pad),
            "attention_mask": mask.long(),
            "token_type_ids": ((position > a + 1) & mask).long(),
        }


# How often training moves a batch to later positions.
SHIFTED_OFTEN = 0.3


def shifted(batch: dict[str, torch.Tensor], positions: int, often: float = SHIFTED_OFTEN) -> dict[str, torch.Tensor]:
    """Now and then moves a batch to later positions, so that those learn too although most texts are short."""
    length = batch["input_ids"].shape[1]
    if length >= positions or torch.rand(1) > often:
        return batch
    start = int(torch.randint(positions - length + 1, (1,)))
    return {**batch, "position_ids": torch.arange(start, start + length, device=batch["input_ids"].device)[None]}
