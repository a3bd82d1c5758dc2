"""The peer: FastAPI and sentence-transformers, as its users write it. peer.py MODEL PORT"""

import sys

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sentence_transformers import CrossEncoder
from torch.nn import Identity

model = CrossEncoder(sys.argv[1], device="cpu", activation_fn=Identity())
app = FastAPI()


class Rerank(BaseModel):
    query: str
    texts: list[str]


# A plain function: FastAPI runs it in its pool of threads.
@app.post("/rerank")
def rerank(body: Rerank):
    scores = model.predict([(body.query, text) for text in body.texts], show_progress_bar=False)
    order = sorted(range(len(scores)), key=lambda index: -scores[index])
    return [{"index": index, "score": float(scores[index])} for index in order]


@app.get("/health")
def health():
    return {}


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
