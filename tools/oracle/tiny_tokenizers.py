"""Tokenizers of a few hundred entries, one for each family that the tiny models need."""

from __future__ import annotations

import math
from collections import Counter

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

# What the vocabularies are learnt from. Written for this purpose; the words come back in the golden texts.
CORPUS = [
    "Rerank the passages that the retriever found and put the best answer first.",
    "A cross-encoder reads the query and the passage together and gives one score.",
    "The capital of France is Paris, and the Seine runs through the city.",
    "Berlin is the capital of Germany; the Spree runs through it.",
    "How many people live in Berlin? About 3.6 million people live in the city.",
    "Embeddings place texts with like meaning close to each other.",
    "The president thanked Justice Breyer for his service to the country.",
    "What did the president say about the economy and about jobs?",
    "Padding must not change a score, and neither must the order of the batch.",
    "Il fait beau à Paris, mais le café est déjà fermé. Où est la gare?",
    "Zürich liegt am See; die Straße führt über die Brücke.",
    "Numbers such as 2024, 17.5 and 1,000 are cut into pieces.",
    "A long text is truncated, an empty text still has its special tokens.",
    "Windows have edges: tokens far from the middle see less of the sentence.",
]

WORDPIECE_SIZE = 200
BYTE_BPE_SIZE = 300
UNIGRAM_SIZE = 200


# The library's own trainers break ties by the order of a hash table: not the same twice. These do.
def by_frequency(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda piece: (-counts[piece], piece))


def substrings(words: list[str], longest: int) -> Counter[str]:
    return Counter(
        word[i:j] for word in words for i in range(len(word)) for j in range(i + 2, min(len(word), i + longest) + 1)
    )


def merges_of(words: list[str], count: int) -> list[tuple[str, str]]:
    """Byte-pair encoding's merges: the commonest neighbours, joined, again and again."""
    split, merges = [list(word) for word in words], []
    for _ in range(count):
        pairs = Counter(pair for parts in split for pair in zip(parts, parts[1:]))
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for parts in split:
            for i in range(len(parts) - 2, -1, -1):
                if i + 1 < len(parts) and (parts[i], parts[i + 1]) == best:
                    parts[i : i + 2] = ["".join(best)]
    return merges


def wordpiece(specials: list[str], *, cls: str = "[CLS]", sep: str = "[SEP]", double_sep: bool = False) -> Tokenizer:
    """As BERT's: lower case, punctuation apart, ## continuations. `specials` in the order of their ids."""
    unknown = next(s for s in specials if "unk" in s.lower())
    normalizer, splitter = normalizers.BertNormalizer(lowercase=True), pre_tokenizers.BertPreTokenizer()
    words = [word for line in CORPUS for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(line))]
    letters = sorted(set("".join(words)))
    whole = by_frequency(Counter(word for word in words if len(word) > 1))[:60]
    inner = by_frequency(substrings([word[1:] for word in words], 4))
    pieces = dict.fromkeys([*specials, *letters, *(f"##{c}" for c in letters), *whole, *(f"##{s}" for s in inner)])
    vocabulary = {piece: i for i, piece in enumerate(list(pieces)[:WORDPIECE_SIZE])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=unknown, max_input_chars_per_word=100))
    tokenizer.add_special_tokens(specials)
    tokenizer.normalizer, tokenizer.pre_tokenizer, tokenizer.decoder = normalizer, splitter, decoders.WordPiece()
    tokenizer.post_processor = (roberta_pairs if double_sep else bert_pairs)(tokenizer, cls, sep)
    return tokenizer


def byte_bpe(specials: list[str], *, roberta: bool | None) -> Tokenizer:
    """As GPT-2's and RoBERTa's: merges over bytes, nothing is unknown. With `roberta` None it adds nothing around a text."""
    splitter = pre_tokenizers.ByteLevel(add_prefix_space=False)
    words = [word for line in CORPUS for word, _ in splitter.pre_tokenize_str(line)]
    alphabet = sorted(splitter.alphabet())
    merges = merges_of(words, BYTE_BPE_SIZE - len(alphabet) - len(specials))
    vocabulary = {piece: i for i, piece in enumerate([*specials, *alphabet, *map("".join, merges)])}
    tokenizer = Tokenizer(models.BPE(vocabulary, merges))
    tokenizer.add_special_tokens(specials)
    tokenizer.pre_tokenizer, tokenizer.decoder = splitter, decoders.ByteLevel()
    if roberta is None:
        return tokenizer
    if roberta:
        sep, cls = tokenizer.token_to_id("</s>"), tokenizer.token_to_id("<s>")
        tokenizer.post_processor = processors.RobertaProcessing(("</s>", sep), ("<s>", cls), add_prefix_space=False)
    else:
        tokenizer.post_processor = bert_pairs(tokenizer, "[CLS]", "[SEP]", types=False)
    return tokenizer


def unigram(specials: list[str], *, cls: str, sep: str, double_sep: bool, lowercase: bool = False) -> Tokenizer:
    """As SentencePiece's Unigram (XLM-R, ALBERT, CamemBERT, DeBERTa): pieces with log-probabilities."""
    unknown = next(i for i, s in enumerate(specials) if "unk" in s.lower())
    steps = [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(" {2,}", " ")]
    normalizer = normalizers.Sequence(steps + ([normalizers.Lowercase()] if lowercase else []))
    splitter = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    words = [word for line in CORPUS for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(line))]
    letters = Counter("".join(words))
    longer = substrings(words, 8)
    # Longer pieces count for more, or every text would fall apart into letters.
    worth = Counter({piece: count * len(piece) for piece, count in longer.items() if count > 1})
    pieces = [*sorted(letters), *by_frequency(worth)][: UNIGRAM_SIZE - len(specials)]
    total = sum(letters.values())
    scores = [(s, 0.0) for s in specials]
    scores += [(p, round(math.log((letters[p] if len(p) == 1 else longer[p]) / total), 4)) for p in pieces]
    tokenizer = Tokenizer(models.Unigram(scores, unk_id=unknown))
    tokenizer.add_special_tokens(specials)
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, splitter
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = (roberta_pairs if double_sep else bert_pairs)(tokenizer, cls, sep)
    return tokenizer


def bert_pairs(tokenizer: Tokenizer, cls: str, sep: str, *, types: bool = True) -> processors.PostProcessor:
    """[CLS] A [SEP] B [SEP]; the second text has type 1 where the model knows types."""
    second = 1 if types else 0
    return processors.TemplateProcessing(
        single=f"{cls}:0 $A:0 {sep}:0",
        pair=f"{cls}:0 $A:0 {sep}:0 $B:{second} {sep}:{second}",
        special_tokens=[(cls, tokenizer.token_to_id(cls)), (sep, tokenizer.token_to_id(sep))],
    )


def roberta_pairs(tokenizer: Tokenizer, cls: str, sep: str) -> processors.PostProcessor:
    """<s> A </s></s> B </s>"""
    return processors.TemplateProcessing(
        single=f"{cls} $A {sep}",
        pair=f"{cls} $A {sep} {sep} $B {sep}",
        special_tokens=[(cls, tokenizer.token_to_id(cls)), (sep, tokenizer.token_to_id(sep))],
    )
