"""Collects the training texts in one file: pairs (query, positive, source) and, from the same sources, passages.

    python prepare.py --shared ../../../shared/data/train --debian .work/text --out .work/data

Writes `pairs.jsonl.xz` and `vocabulary.json` (a WordPiece vocabulary trained on these texts). Reads nothing under
`dev/`, and drops what the development sets are known to share with the training sets (liveqa_med's answers come from
MedQuAD: they are for development only, so nothing here was chosen by looking at it).
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import random
import re
from collections import Counter
from pathlib import Path
from typing import Iterator

from lxml import html as lxml_html

Pair = tuple[str, str, str]  # query, positive, source

SEED = 20261123
MAX_CHARACTERS = 1600
# Most of what a source may give, so that no manual outweighs the rest.
LIMITS = {"gcide": 45_000, "descriptions": 45_000, "wordnet": 90_000, "html": 9_000, "man": 12_000}


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def cut(text: str, limit: int = MAX_CHARACTERS) -> str:
    """The first `limit` characters, ending at a sentence where one ends in the second half."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    end = max(head.rfind(". "), head.rfind("? "), head.rfind("! "))
    return head[: end + 1] if end > limit // 2 else head


def windows(text: str, rng: random.Random) -> list[str]:
    """A text in one to three windows of mixed length, as splitters would cut it."""
    text = squeeze(text)
    pieces, at = [], 0
    while at < len(text) and len(pieces) < 3:
        piece = cut(text[at:], rng.choice((300, 500, 500, 800, 1600)))
        pieces.append(piece)
        at += len(piece)
    return [piece for piece in pieces if len(piece) > 20]


def json_lines(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def shared_pairs(folder: Path, rng: random.Random) -> Iterator[Pair]:
    for name in ("medquad", "factbook", "tldr-en", "nqg-squad"):
        for row in json_lines(folder / f"{name}.jsonl.gz"):
            for index, window in enumerate(windows(row["positive"], rng)):
                # The later windows of a long answer are about the question, but seldom answer it.
                yield squeeze(row["query"]), window, name if index == 0 else f"{name}-later"
    corpus = {row["_id"]: row for row in json_lines(folder / "scifact/corpus.jsonl.gz")}
    claims = {row["_id"]: row["text"] for row in json_lines(folder / "scifact/queries.jsonl.gz")}
    for line in (folder / "scifact/qrels.tsv").read_text().splitlines()[1:]:
        claim, document, score = line.split("\t")
        if int(score) > 0 and claim in claims:
            yield squeeze(claims[claim]), cut(squeeze(corpus[document]["text"])), "scifact-claims"
    for row in corpus.values():
        yield squeeze(row["title"]), cut(squeeze(row["text"])), "scifact-titles"


def wordnet_pairs(folder: Path) -> Iterator[Pair]:
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"wordnet-base/usr/share/wordnet/data.{part}").read_text().splitlines():
            if line.startswith(" ") or " | " not in line:
                continue
            fields, gloss = line.split(" | ", 1)
            words = fields.split()
            lemmas = [words[4 + 2 * i].replace("_", " ") for i in range(int(words[3], 16))]
            yield ", ".join(lemmas[:4]), squeeze(gloss), "wordnet"


def dictionary_pairs(folder: Path) -> Iterator[Pair]:
    for name, pattern in (
        ("gcide", r"\n\n(?=[A-Z][\w' -]* \\)"),
        ("foldoc", r"\n\n(?=\S)"),
    ):
        with gzip.open(folder / f"dict-{name}/usr/share/dictd/{name}.dict.dz", "rt", encoding="utf-8", errors="ignore") as file:
            text = re.sub(r"\[(1913 Webster|Webster 1913 Suppl\.|PJC)\]", "", file.read())
        for entry in re.split(pattern, text):
            head, _, body = entry.strip().partition("\n")
            word = squeeze(re.sub(r"\\.*", "", head)).strip(" ,")
            body = squeeze(re.sub(r"[{}]", "", body))
            if 2 < len(word) < 50 and len(body) > 30:
                yield word, cut(body, 800), name


def description_pairs(folder: Path) -> Iterator[Pair]:
    seen = set()
    for entry in (folder / "descriptions.txt").read_text(errors="ignore").split("\n\n"):
        match = re.search(r"^Description-en: (.*)\n((?: .*\n?)+)", entry, re.M)
        if not match:
            continue
        short, long = squeeze(match[1]), squeeze(match[2].replace("\n .\n", "\n"))
        # Families of packages (-dev, -doc, one a language) repeat one text: once is enough.
        key = long[:80]
        if key in seen or len(long) < 60 or "transitional" in short:
            continue
        seen.add(key)
        yield short, cut(long, 900), "descriptions"


def man_pairs(folder: Path) -> Iterator[Pair]:
    for path in sorted(folder.glob("man*/usr/share/man/man*/*.gz")) + sorted(folder.glob("perl-doc/usr/share/man/man*/*.gz")):
        text = gzip.open(path, "rt", encoding="utf-8", errors="ignore").read()
        text = re.sub(r'^\.\\".*$', "", text, flags=re.M)
        text = re.sub(r"\\f[BIRP]|\\f\(..|\\&|\\-", lambda m: "-" if m[0] == "\\-" else "", text)
        name = path.name.split(".")[0]
        for section in re.split(r"^\.S[HS] ", text, flags=re.M)[1:]:
            title, _, body = section.partition("\n")
            body = squeeze(re.sub(r"^\.[A-Z]{1,2} ?", "", re.sub(r"^\.[a-z]+.*$", "", body, flags=re.M), flags=re.M))
            if len(body) > 120:
                yield f"{name} {title.strip(chr(34)).lower()}", cut(body, 900), "man"


def html_pairs(folder: Path, package: str) -> Iterator[Pair]:
    for path in sorted((folder / package).rglob("*.html*")):
        if path.is_symlink() or path.stat().st_size > 1_500_000 or not path.is_file():
            continue
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        try:
            tree = lxml_html.fromstring(data)
        except Exception:  # A page that lxml cannot read teaches nothing.
            continue
        title = squeeze(tree.findtext(".//title") or "").split(" — ")[0].split(" | ")[0][:100]
        heading, paragraphs = title, []

        def flush() -> Iterator[Pair]:
            text = squeeze(" ".join(paragraphs))
            if heading and len(text) > 150:
                query = heading if heading == title or len(heading) > 35 else f"{heading} {title}"
                yield query, cut(text, 1000), package

        for element in tree.iter("h1", "h2", "h3", "h4", "p", "dt"):
            content = squeeze(element.text_content().replace("¶", ""))
            if element.tag == "p":
                if len(content) > 40:
                    paragraphs.append(content)
            else:
                yield from flush()
                heading, paragraphs = content[:120], []
        yield from flush()


def gather(shared: Path, debian: Path) -> Iterator[Pair]:
    rng = random.Random(SEED)
    yield from shared_pairs(shared, rng)
    for name, pairs in (
        ("wordnet", wordnet_pairs(debian)),
        ("gcide", dictionary_pairs(debian)),
        ("descriptions", description_pairs(debian)),
        ("man", man_pairs(debian)),
    ):
        rows = list(pairs)
        rng.shuffle(rows)
        yield from rows[: LIMITS[name]]
    for package in sorted(path.name for path in debian.iterdir() if path.is_dir()):
        rows = list({row[1]: row for row in html_pairs(debian, package)}.values())
        rng.shuffle(rows)
        yield from rows[: LIMITS["html"]]


def train_vocabulary(texts: Iterator[str], size: int, path: Path) -> None:
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size,
        special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
        limit_alphabet=400,
        min_frequency=5,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", cls), ("[SEP]", sep)],
    )
    tokenizer.save(str(path))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--debian", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vocabulary", type=int, default=12288)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)

    pairs = list(dict.fromkeys(gather(arguments.shared, arguments.debian)))
    with lzma.open(arguments.out / "pairs.jsonl.xz", "wt", encoding="utf-8", preset=6) as file:
        for pair in pairs:
            file.write(json.dumps(pair, ensure_ascii=False) + "\n")
    print(json.dumps(dict(Counter(source for *_, source in pairs).most_common()), indent=1))
    train_vocabulary((text for query, positive, _ in pairs for text in (query, positive)), arguments.vocabulary, arguments.out / "tokenizer.json")


if __name__ == "__main__":
    main()
