"""Runs our inference.py for Hugging Face containers inside AWS's own inference toolkit, and keeps its answers.

The models are two of hf-runtime's fixtures, of one label and of two, so that the endpoint's own server can be compared with the
same answers.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from golden import REPOSITORY, write_golden

SCRIPT_FOLDER = REPOSITORY / "apps/sagemaker-endpoint/hugging-face-container"
MODELS = "packages/hf-runtime/test/fixtures/models"
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

ONE_LABEL = [
    {"name": "pairs", "contentType": "application/json", "body": {"pairs": PAIRS}},
    {"name": "text_pairs", "contentType": "application/json", "body": {"text_pairs": PAIRS}},
    {"name": "no pairs", "contentType": "application/json", "body": {"pairs": []}},
    {"name": "one text", "contentType": "application/json", "body": {"pairs": [["alone"]]}},
    {"name": "unknown key", "contentType": "application/json", "body": {"inputs": PAIRS}},
    {"name": "not JSON", "contentType": "text/csv", "body": "a,b"},
]

TWO_LABELS = [{"name": "pairs, two labels", "contentType": "application/json", "body": {"pairs": PAIRS}}]
REQUESTS = {"bert-cross-encoder": ONE_LABEL, "deberta-v2": TWO_LABELS}


class Context:
    """The values that the model server passes to the toolkit with a request."""

    def __init__(self, model: str, content_type: str) -> None:
        self.system_properties = {"model_dir": str(REPOSITORY / MODELS / model)}
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


def answer(transformer: Any, model: str, request: dict[str, Any]) -> dict[str, Any]:
    context = Context(model, request["contentType"])
    body = request["body"] if isinstance(request["body"], str) else json.dumps(request["body"])
    [text] = transformer.transform([{"body": bytearray(body, "utf-8")}], context)
    case = {**request, "model": model, "status": context.status}
    if context.status != 200:
        return {**case, "error": text.splitlines()[0]}
    return {**case, "answerType": context.answer_type, "answer": json.loads(text)}


def main() -> None:
    os.environ["SAGEMAKER_PROGRAM"] = "inference.py"
    # Several passes of a forward pass each: the order must survive them.
    os.environ["BATCH_SIZE"] = "2"
    sys.path.insert(0, str(SCRIPT_FOLDER))
    from sagemaker_inference.transformer import Transformer

    cases = []
    for model, requests in REQUESTS.items():
        # It loads its model at the first request, and keeps it.
        transformer = Transformer()
        cases += [answer(transformer, model, request) for request in requests]
    libraries = ["sagemaker_inference", "torch", "transformers"]
    write_golden(GOLDEN, "sagemaker_inference_script.py", libraries, cases, models=MODELS)


if __name__ == "__main__":
    main()
