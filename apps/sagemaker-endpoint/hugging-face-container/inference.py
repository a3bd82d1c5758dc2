"""A cross-encoder in SageMaker's Hugging Face and PyTorch inference containers.

Takes {"pairs": [[query, text], ...]} and LangChain's {"text_pairs": [[query, text], ...]}, and answers
{"scores": [number, ...]}: one raw logit for each pair, in the request's order. For a model with several labels, it is the
logit at index 1, as in LangChain's HuggingFaceCrossEncoder.

Environment: BATCH_SIZE, pairs in one forward pass (32); MAX_LENGTH, tokens of a pair (the model's own limit).
"""

import json
import os

import torch
from sagemaker_inference.errors import GenericInferenceToolkitError
from transformers import AutoModelForSequenceClassification, AutoTokenizer

JSON = "application/json"
# A larger `model_max_length` means that the tokenizer knows no limit.
NO_LIMIT = 1_000_000


def bad_request(message):
    """An error that the container answers with 400 instead of 500."""
    return GenericInferenceToolkitError(400, message)


def model_fn(model_dir):
    tokenizer = AutoTokenizer.from_pretrained(model_dir)
    model = AutoModelForSequenceClassification.from_pretrained(model_dir)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return model.to(device).eval(), tokenizer


def transform_fn(model, input_data, content_type, accept):
    # Return only the text: one of the two toolkits treats a tuple with the content type as the answer.
    return json.dumps({"scores": score(model, read_pairs(input_data, content_type))})


def read_pairs(input_data, content_type):
    if (content_type or "").split(";")[0].strip().lower() != JSON:
        raise bad_request(f"Expected a body in {JSON}, got {content_type}.")
    try:
        body = json.loads(input_data)
    except ValueError as error:
        raise bad_request(f"Expected JSON: {error}.") from error
    pairs = body.get("pairs", body.get("text_pairs")) if isinstance(body, dict) else None
    if not isinstance(pairs, list) or not all(is_pair(pair) for pair in pairs):
        raise bad_request('Expected {"pairs": [[query, text], ...]} or {"text_pairs": [[query, text], ...]}.')
    return pairs


def is_pair(value):
    return isinstance(value, list) and len(value) == 2 and all(isinstance(text, str) for text in value)


def score(model_and_tokenizer, pairs):
    model, tokenizer = model_and_tokenizer
    batch_size = int(os.environ.get("BATCH_SIZE", "32"))
    # Batches of like length waste little on padding; the order is restored afterwards.
    order = sorted(range(len(pairs)), key=lambda index: -len(pairs[index][0]) - len(pairs[index][1]))
    scores = [0.0] * len(pairs)
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        for index, value in zip(indices, score_batch(model, tokenizer, [pairs[i] for i in indices])):
            scores[index] = value
    return scores


@torch.inference_mode()
def score_batch(model, tokenizer, pairs):
    queries, texts = zip(*pairs)
    features = tokenizer(
        list(queries),
        list(texts),
        padding=True,
        truncation="longest_first",
        max_length=max_length(model, tokenizer),
        return_tensors="pt",
    ).to(model.device)
    logits = model(**features).logits.float()
    return logits[:, 0 if logits.shape[1] == 1 else 1].tolist()


def max_length(model, tokenizer):
    if "MAX_LENGTH" in os.environ:
        return int(os.environ["MAX_LENGTH"])
    limits = [tokenizer.model_max_length]
    positions = getattr(model.config, "max_position_embeddings", None)
    if positions is not None:
        # RoBERTa and related models count positions from padding_idx + 1.
        offset = 2 if model.config.model_type in ("roberta", "xlm-roberta", "camembert") else 0
        limits.append(positions - offset)
    known = [limit for limit in limits if 0 < limit < NO_LIMIT]
    return min(known) if known else None
