"""The same question as people really write it: politely, with a story around it, or typed in a hurry.

A request keeps the target of the plain question in it, so that the reranker learns which part of a long query counts.
"""

from __future__ import annotations

import random
import re

SUBJECT_FRAMES = (
    "I am looking for {q}",
    "Information about {q}",
    "Texts on {q}, please.",
    "Where can I read about {q}?",
    "Tell me about {q}.",
    "What is known about {q}?",
    "I would like to learn more about {q}",
    "Does anyone know something about {q}?",
    "Find whatever discusses {q}",
    "{q}, explained",
    "{q}: an overview, or anything recent",
    "Anything that compares or evaluates {q}",
    "Discussions of {q}, its uses, its problems and what has been proposed instead",
    "My work has to do with {q}. I need descriptions of it, or reports of experience.",
    "We are interested in {q}, both in theory and in practice.",
)
QUESTION_FRAMES = (
    "Hi, {q} Thank you",
    "{q} Any help would be appreciated.",
    "Quick question. {q}",
    "Please advise. {q}",
    "I could not find this anywhere: {q}",
    "{q} I have been wondering about this for a long time.",
    "Hello, I am a student and have to write about this. {q} Thanks in advance.",
    "My sister asked me last week and I did not know what to say. {q}",
    "I am {n} years old and new to all this. {q}",
    "It has been going on for {n} days now and nobody could tell me more. {q} Many thanks for your time.",
    "{q} And if so, what should I do about it?",
    "Can you help me? {q} Please answer to my e-mail address.",
)


def mistyped(text: str, rng: random.Random) -> str:
    """Two neighbouring letters of one longer word change places, or one is left out."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not long:
        return text
    place = rng.choice(long)
    word, at = words[place], rng.randrange(1, len(words[place]) - 2)
    words[place] = word[:at] + (word[at + 1] + word[at] + word[at + 2 :] if rng.random() < 0.5 else word[at + 1 :])
    return " ".join(words)


def as_request(query: str, rng: random.Random) -> str:
    asks = query.endswith("?") or re.match(r"(what|who|how|why|when|where|which|is|are|can|do|does)\b", query.lower())
    frame = rng.choice(QUESTION_FRAMES if asks else SUBJECT_FRAMES)
    request = frame.format(q=query, n=rng.randint(3, 80))
    return mistyped(request, rng) if rng.random() < 0.25 else request
