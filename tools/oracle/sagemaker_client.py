"""Calls our endpoint from Python: boto3 itself, and LangChain's SagemakerEndpointCrossEncoder, over real signatures.

On demand (it needs a build and Node besides requirements.txt); writes nothing:

    python tools/oracle/sagemaker_client.py [MODEL_FOLDER]

Starts our server behind a replacement for SageMaker's runtime, runs both clients, and checks that they get the same scores
as each other and as sentence-transformers' CrossEncoder on the same files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from golden import REPOSITORY

DEFAULT_MODEL = "packages/mini-models/models/reranker"
# Largest difference of a logit between PyTorch and ONNX Runtime in float32.
TOLERANCE = 1e-4

PAIRS = [
    ("how tall is the mountain?", "It is 4806 metres high."),
    ("how tall is the mountain?", "The lake is deep and cold."),
    ("how tall is the mountain?", "Überlänge: " + "mountains and lakes " * 40),
    ("wie hoch ist der Berg?", ""),
]


def start(model: str) -> tuple[subprocess.Popen[str], dict[str, str]]:
    command = ["node", "bench/endpoint/stand-in.mjs", "--model", model]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())


def ask_boto3(client: object, endpoint_name: str) -> list[float]:
    answer = client.invoke_endpoint(  # type: ignore[attr-defined]
        EndpointName=endpoint_name,
        ContentType="application/json",
        Accept="application/json",
        Body=json.dumps({"pairs": PAIRS}),
    )
    return json.loads(answer["Body"].read())["scores"]


def ask_langchain(endpoint_name: str, region: str) -> list[float]:
    from langchain_community.cross_encoders import SagemakerEndpointCrossEncoder

    # Its default handler sends text_pairs; the address comes from AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME.
    encoder = SagemakerEndpointCrossEncoder(endpoint_name=endpoint_name, region_name=region)
    return encoder.score(PAIRS)


def main() -> None:
    import boto3
    import torch
    from sentence_transformers import CrossEncoder

    model = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_MODEL
    process, endpoint = start(model)
    try:
        os.environ.update(
            AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=endpoint["url"],
            AWS_ACCESS_KEY_ID=endpoint["accessKeyId"],
            AWS_SECRET_ACCESS_KEY=endpoint["secretAccessKey"],
            AWS_DEFAULT_REGION=endpoint["region"],
        )
        name, region = endpoint["endpointName"], endpoint["region"]
        boto = ask_boto3(boto3.client("sagemaker-runtime"), name)
        langchain = ask_langchain(name, region)
    finally:
        process.terminate()
        process.wait(timeout=30)
    encoder = CrossEncoder(str(REPOSITORY / model))
    reference = encoder.predict(PAIRS, activation_fn=torch.nn.Identity()).tolist()
    worst = max(abs(ours - theirs) for ours, theirs in zip(boto, reference, strict=True))
    print(f"boto3:                 {boto}")
    print(f"LangChain:             {langchain}")
    print(f"sentence-transformers: {reference}  (worst difference {worst:.1e})")
    if boto != langchain or worst > TOLERANCE:
        raise SystemExit("The answers differ.")


if __name__ == "__main__":
    main()
