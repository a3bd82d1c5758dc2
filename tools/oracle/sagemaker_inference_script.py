"""Runs our inference.py for Hugging Face containers inside AWS's own inference toolkit, and keeps its answers.

Needs `pip install sagemaker-inference==1.10.1` beside requirements.txt. The model is one of hf-runtime's fixtures, so that
the endpoint's own server can be held to the same answers.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from golden import REPOSITORY, write_golden

SCRIPT_FOLDER = REPOSITORY / "apps/sagemaker-endpoint/hugging-face-container"
MODEL = "packages/hf-runtime/test/fixtures/models/bert-cross-encoder"
GOLDEN = "apps/sagemaker-endpoint/test/goldens/inference-script.json"

QUERY = "how tall is the mountain?"
TEXTS = [
    "It is 4806 metres high.",
    "The lake is deep and cold, and nobody swims in it before July.",
    "",
    "Überlänge: " + "a very long passage about mountains " * 12,
    "short",
]
PAIRS = [[QUERY, text] for text in TEXTS] + [["another query", TEXTS[0]]]

REQUESTS = [
    {"name": "pairs", "contentType": "application/json", "body": {"pairs": PAIRS}},
    {"name": "text_pairs", "contentType": "application/json", "body": {"text_pairs": PAIRS}},
    {"name": "no pairs", "contentType": "application/json", "body": {"pairs": []}},
    {"name": "one text", "contentType": "application/json", "body": {"pairs": [["alone"]]}},
    {"name": "unknown key", "contentType": "application/json", "body": {"inputs": PAIRS}},
    {"name": "not JSON", "contentType": "text/csv", "body": "a,b"},
]


class Context:
    """What the model server hands to the toolkit with a request."""

    def __init__(self, content_type: str) -> None:
        self.system_properties = {"model_dir": str(REPOSITORY / MODEL)}
        self.request_processor = [self]
        self.content_type = content_type
        self.status = 200
        self.answer_type: str | None = None

    def get_request_properties(self) -> dict[str, str]:
        return {"Content-Type": self.content_type, "Accept": "application/json"}

    def set_response_status(self, code: int, phrase: str) -> None:
        self.status = code

    def set_response_content_type(self, _index: int, value: str) -> None:
        self.answer_type = value


def answer(transformer: Any, request: dict[str, Any]) -> dict[str, Any]:
    context = Context(request["contentType"])
    body = request["body"] if isinstance(request["body"], str) else json.dumps(request["body"])
    [text] = transformer.transform([{"body": bytearray(body, "utf-8")}], context)
    if context.status != 200:
        return {**request, "status": context.status, "error": text.splitlines()[0]}
    return {**request, "status": 200, "answerType": context.answer_type, "answer": json.loads(text)}


def main() -> None:
    os.environ["SAGEMAKER_PROGRAM"] = "inference.py"
    # Several passes of a forward pass each: the order must survive them.
    os.environ["BATCH_SIZE"] = "2"
    sys.path.insert(0, str(SCRIPT_FOLDER))
    from sagemaker_inference.transformer import Transformer

    transformer = Transformer()
    cases = [answer(transformer, request) for request in REQUESTS]
    libraries = ["sagemaker_inference", "torch", "transformers"]
    write_golden(GOLDEN, "sagemaker_inference_script.py", libraries, cases, model=MODEL)


if __name__ == "__main__":
    main()
