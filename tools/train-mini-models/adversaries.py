"""Texts that look like an answer but are not one: what a reranker must put below the passage that answers.

A model that only compares words scores the question itself highest, then texts that repeat its words: its heading, a line of a table of contents, the sentence that
denies an answer, the answer negated or with a detail changed. Each function makes one text by rule, or returns None if its rule does not apply.
"""

from __future__ import annotations

import random
import re
from typing import Callable, Optional

WH = r"(?:what|who|whom|whose|which|where|when|why|how(?: (?:many|much|long|old|often|far|tall|big|large))?)"
AUXILIARY = r"(?:is|are|was|were|does|do|did|can|could|will|would|should|has|have|had|may|might|must)"
# Verbs that are negated by the word that follows them.
NEGATABLE = re.compile(r"\b(is|are|was|were|can|could|will|would|should|has|have|had|may|might|must|does|do|did)\b(?! (?:not|n't|never|no)\b)")
NUMBER = re.compile(r"\b\d[\d,.]*\b")
# Too common to decide what a question is about.
COMMON = set(
    "a about after all also an and any are as at be been before between both but by can could did do does during each for from had has have he her his how if in into is it its "
    "may more most much many no not of on one only or other our over she should so some such than that the their them then there these they this those through to under up was we were "
    "what when where which while who whom whose why will with would you your name first use used using called known make made".split()
)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def bare(question: str) -> str:
    """The question without its mark: "what does a cache do"."""
    return squeezed(question).rstrip(" ?!.")


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def third_person(verb: str) -> str:
    if re.search(r"(?:s|sh|ch|x|z|o)$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def indirect(question: str) -> str:
    """As a clause: "what does a cache do?" → "what a cache does"; "where is the file saved?" → "where the file is saved", about right for most."""
    text = lower_first(bare(question))
    if match := re.match(rf"({WH})(?: (\w+))?? (does|do|did) (.+) (\w+)$", text):
        wh, noun, auxiliary, subject, verb = match.groups()
        head = f"{wh} {noun}" if noun else wh
        return f"{head} {subject} {third_person(verb) if auxiliary == 'does' else verb}"
    if match := re.match(rf"({WH})(?: (\w+))?? ({AUXILIARY}) (.+)$", text):
        wh, noun, auxiliary, rest = match.groups()
        head, words = f"{wh} {noun}" if noun else wh, rest.split(" ")
        # The verb comes after the subject. Nothing marks where that ends: before a participle, or else at the end.
        place = next((i for i, word in enumerate(words) if i > 0 and re.search(r"(?:ed|en|ing)$", word)), len(words))
        return " ".join([head, *words[:place], auxiliary, *words[place:]])
    if match := re.match(rf"({AUXILIARY}) (.+)$", text):
        return f"whether {match[2]}"
    return text


def subject(question: str) -> str:
    """What it asks about: "the symptoms of gout"."""
    text = lower_first(bare(question))
    text = re.sub(rf"^(?:in|at|on|from|of|to|for|with|by) (?={WH}\b)", "", text)
    text = re.sub(rf"^{WH}\b ?", "", text)
    text = re.sub(rf"^{AUXILIARY}\b ?", "", text)
    return re.sub(r"^\((?:is|are)\) ", "", text) or bare(question)


def content_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w'-]{3,}", text) if word.lower() not in COMMON]


def repeated(question: str, rng: random.Random) -> str:
    """The question itself."""
    text = bare(question)
    return rng.choice(
        [
            question,
            question,
            f"{text}?",
            f"{upper_first(text)}?",
            text,
            upper_first(text) + ".",
            text.title(),
            f"Q: {upper_first(text)}?",
            f"Question: {text}?",
            f"{upper_first(indirect(question))}.",
            f"{upper_first(text)}? {upper_first(text)}?",
            f"Frequently question_words: {lower_first(text)}?",
            f"{upper_first(text)}? See below.",
            f"You may ask: {lower_first(text)}?",
        ]
    )


DENIALS = (
    "Nothing is known about {clause}.",
    "It is not known {clause}.",
    "It is unknown {clause}.",
    "Nobody knows {clause}.",
    "No one has said {clause}.",
    "There is no information about {subject}.",
    "There is no answer to the question {clause}.",
    "This page does not say {clause}.",
    "The documentation says nothing about {subject}.",
    "Nothing has been written about {subject}.",
    "We do not know {clause}.",
    "We could not find out {clause}.",
    "Sources do not tell {clause}.",
    "{Subject}: no information.",
    "{Subject} is not discussed here.",
    "{Subject} is outside the scope of this text.",
    "I have no idea {clause}.",
    "Little can be said about {clause}.",
    "No details of {subject} are given.",
    "{Clause} remains unclear.",
    "Whether and {clause} has never been settled.",
    "An explanation of {clause} is missing.",
    "{Clause}? Unfortunately that was never recorded.",
    "{Clause}? Nobody could say.",
)


def denied(question: str, rng: random.Random) -> str:
    """A sentence made of the question's words that says that there is no answer."""
    # Sometimes only about a part of it, or with the question's own words.
    clause = indirect(question) if rng.random() < 0.75 else lower_first(bare(question))
    about = subject(question)
    return rng.choice(DENIALS).format(clause=clause, Clause=upper_first(clause), subject=about, Subject=upper_first(about))


def heading(question: str, rng: random.Random) -> str:
    about = subject(question)
    words = content_words(question) or [about]
    rng.shuffle(words)
    return rng.choice(
        [
            upper_first(about),
            about.title(),
            f"{rng.randint(1, 12)}.{rng.randint(1, 9)} {upper_first(about)}",
            f"{upper_first(about)} . . . . . . . . . {rng.randint(2, 400)}",
            f"{rng.randint(1, 12)}.{rng.randint(1, 9)}.{rng.randint(1, 9)} {upper_first(about)} ........ {rng.randint(2, 400)}",
            f"Chapter {rng.randint(1, 20)}: {upper_first(about)}",
            f"# {upper_first(about)}",
            f"See also: {about}",
            f"Keywords: {', '.join(words)}",
            " ".join(words),
            f"{upper_first(about)} (see section {rng.randint(1, 12)}.{rng.randint(1, 9)})",
            f"This section is about {about}.",
            f"More on {about} can be found in the next chapter.",
        ]
    )


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?]) +", squeezed(text)) if len(part) > 12]


def nearest_sentence(question: str, passage: str) -> str:
    """The sentence of the passage that shares most of the question's words."""
    question_words = {word.lower() for word in content_words(question)}
    parts = sentences(passage) or [squeezed(passage)]
    return max(parts, key=lambda part: len(question_words & {word.lower() for word in content_words(part)}))


def negated(question: str, passage: str, rng: random.Random) -> Optional[str]:
    """The sentence that answers, negated."""
    sentence = nearest_sentence(question, passage)
    places = list(NEGATABLE.finditer(sentence))
    if places:
        place = rng.choice(places[:2])
        word = rng.choice(["not", "not", "not", "never", "no longer"])
        changed = f"{sentence[: place.end()]} {word}{sentence[place.end() :]}"
        if rng.random() < 0.3:
            changed = re.sub(r"\b(is|are|was|were|does|do|did|has|have|had|would|could|should) not\b", r"\1n't", changed)
        return changed
    # "A cache keeps results." → "A cache does not keep results.": a verb in -s after the first words, or one in -ed.
    if match := re.search(r"(?<=\w )([a-z]{3,}[^su\W]s)(?= (?:a|an|the|to|in|on|of|by|from|with|all|its|their|it|them|up|out|what|that|\w+s)\b)", sentence):
        verb = match[1]
        base = verb[:-3] + "y" if verb.endswith("ies") else verb[:-2] if re.search(r"(?:sh|ch|x|z|o)es$", verb) else verb[:-1]
        return f"{sentence[: match.start()]}does not {base}{sentence[match.end() :]}"
    if match := re.search(r"(?<=\w )([a-z]{3,}ed)(?= )", sentence):
        return f"{sentence[: match.start()]}never {match[1]}{sentence[match.end() :]}"
    if rng.random() < 0.5:
        return f"It is not true that {lower_first(sentence)}"
    return None


def changed(question: str, passage: str, others: list[str], rng: random.Random) -> Optional[str]:
    """The sentence that answers, with what answers changed: its words that the question lacks."""
    sentence = nearest_sentence(question, passage)
    question_words = {word.lower() for word in content_words(question)}
    numbers = NUMBER.findall(sentence)
    if numbers and rng.random() < 0.5:
        return None  # Another number answers as well by form: nothing that a reader of the two could tell.
    own = [word for word in content_words(sentence) if word.lower() not in question_words]
    strangers = [word for other in others for word in content_words(other) if word.lower() not in question_words]
    if len(own) < 2 or len(strangers) < 4:
        return None
    text = sentence
    for word in rng.sample(own, min(len(own), rng.randint(2, 5))):
        text = re.sub(rf"\b{re.escape(word)}\b", lambda _: rng.choice(strangers), text)
    return text if text != sentence else None


def fragment(question: str, passage: str, rng: random.Random) -> Optional[str]:
    """The beginning of the sentence, cut before it says anything that the question does not."""
    sentence = nearest_sentence(question, passage)
    question_words = {word.lower() for word in content_words(question)}
    words = sentence.split(" ")
    end = next((i for i, word in enumerate(words) if i > 1 and word.lower().strip(".,;:()") not in COMMON | question_words), len(words))
    if not 2 <= end < len(words) - 2:
        return None
    return " ".join(words[:end]) + rng.choice(["", " …", "...", ":"])


def unanswerable(question: str, other_questions: list[str], passage: str, rng: random.Random) -> Optional[str]:
    """A question like this one that the passage does not answer, as those of SQuAD 2: one of its words is another's, or its sense is turned."""
    own = [word for word in content_words(question) if not word.isdigit()]
    strange = [w for other in other_questions for w in content_words(other) if w.lower() not in passage.lower() and w.lower() not in question.lower()]
    if len(own) < 2 or len(strange) < 2:
        return None
    if rng.random() < 0.2 and (place := NEGATABLE.search(question)):
        return f"{question[: place.end()]} never{question[place.end() :]}"
    if (number := NUMBER.search(question)) and rng.random() < 0.6:
        return question.replace(number[0], str(int(re.sub(r"\D", "", number[0]) or 0) + rng.randint(1, 90)), 1)
    text = question
    for word in rng.sample(own, 1 if len(own) < 4 or rng.random() < 0.6 else 2):
        text = re.sub(rf"(?<![\w'-]){re.escape(word)}(?![\w'-])", rng.choice(strange), text, count=1)
    return text if text != question else None


# What each is made of, how far below the passage's own target it belongs (in the target's standard deviations), and how often it is drawn.
KINDS: dict[str, tuple[Callable, float, float]] = {
    "repeated": (lambda q, p, others, rng: repeated(q, rng), 3.0, 1.0),
    "denied": (lambda q, p, others, rng: denied(q, rng), 3.0, 1.2),
    "heading": (lambda q, p, others, rng: heading(q, rng), 2.5, 0.7),
    "negated": (lambda q, p, others, rng: negated(q, p, rng), 2.0, 1.3),
    "changed": (changed, 1.5, 0.5),
    "fragment": (lambda q, p, others, rng: fragment(q, p, rng), 2.5, 0.3),
}


def adversaries(question: str, passage: str, others: list[str], count: int, rng: random.Random) -> list[tuple[str, float]]:
    """The given number of texts of different kinds, each with how far below the passage it belongs. Fewer if the rules make no more."""
    kinds = sorted(KINDS, key=lambda kind: rng.random() ** (1 / KINDS[kind][2]), reverse=True)
    made: list[tuple[str, float]] = []
    for kind in kinds:
        make, below, _ = KINDS[kind]
        text = make(question, passage, others, rng)
        if text and squeezed(text).lower() != squeezed(passage).lower():
            made.append((squeezed(text), below))
        if len(made) == count:
            break
    return made
