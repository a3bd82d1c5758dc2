"""Writes sentence-transformers' results for the two mini models: packages/mini-models/test/goldens/mini-models.json."""

from __future__ import annotations

import torch
from sentence_transformers import CrossEncoder, SentenceTransformer

from golden import REPOSITORY, write_golden

MODELS = REPOSITORY / "packages/mini-models/models"
TEXTS = [
    "How many candidates should the first pass bring?",
    "Iron rusts; gold does not.",
    "",
    "  spaces\tand\nlines  ",
    "Zürich, naïve café — 대한민국 👩‍👩‍👧",
    "A long text goes beyond what the model reads. " * 60,
]
PAIRS = [
    (TEXTS[0], "Twenty is a good start, fifty is worth trying where the corpus is narrow."),
    (TEXTS[0], TEXTS[1]),
    ("Which metal rusts?", TEXTS[1]),
    ("", TEXTS[1]),
    ("Which metal rusts?", ""),
    ("Which text is long?", TEXTS[5]),
    (TEXTS[4], TEXTS[4]),
]


def main() -> None:
    torch.set_num_threads(1)
    embedder = SentenceTransformer(str(MODELS / "embedder"), device="cpu", model_kwargs={"dtype": torch.float32})
    reranker = CrossEncoder(str(MODELS / "reranker"), device="cpu", model_kwargs={"dtype": torch.float32})
    vectors = [[round(float(x), 8) for x in vector] for vector in embedder.encode(TEXTS)]
    scores = [round(float(x), 8) for x in reranker.predict(PAIRS)]
    logits = [round(float(x), 6) for x in reranker.predict(PAIRS, activation_fn=torch.nn.Identity())]
    cases = {"texts": TEXTS, "vectors": vectors, "pairs": PAIRS, "scores": scores, "logits": logits}
    write_golden("packages/mini-models/test/goldens/mini-models.json", "mini_models.py", ["sentence-transformers", "transformers", "torch"], cases)


if __name__ == "__main__":
    main()
