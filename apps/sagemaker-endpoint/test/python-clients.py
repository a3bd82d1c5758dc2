"""Gets scores from an endpoint with boto3 and with LangChain's SagemakerEndpointCrossEncoder; reads pairs from stdin as JSON."""

import json
import os
import sys

import boto3
from langchain_community.cross_encoders import SagemakerEndpointCrossEncoder

pairs = [tuple(pair) for pair in json.load(sys.stdin)]
name, region = "reranker", os.environ["AWS_DEFAULT_REGION"]
answer = boto3.client("sagemaker-runtime").invoke_endpoint(
    EndpointName=name, ContentType="application/json", Accept="application/json", Body=json.dumps({"pairs": pairs})
)
scores = {
    "boto3": json.loads(answer["Body"].read())["scores"],
    "langchain": SagemakerEndpointCrossEncoder(endpoint_name=name, region_name=region).score(pairs),
}
print(json.dumps(scores))
