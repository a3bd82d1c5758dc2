"""A peer of the benchmark of large rerankers: answers one JSON line with one. `call` is "load" or "run".

    load: { folder, engine: "torch" | "openvino" | "onnxruntime", dtype, threads, kind: "causal" | "modular" }
    run:  { texts: [text | [query, document]], size: rows of a batch }  →  { output: scores in the texts' order }

A causal model gives the logit of "yes" minus that of "no"; only these rows of the output matrix are computed, which is the fastest
way. Texts of similar length share a batch. Needs torch and transformers; openvino and nncf, or onnxruntime and onnx, for the engines.
"""

import json
import os
import sys
import time
from pathlib import Path

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # Output of libraries goes to standard error.


def main() -> None:
    score = None
    for line in sys.stdin:
        body = json.loads(line)
        try:
            if body["call"] == "load":
                score = load(body)
                answer = {"versions": versions()}
            else:
                begun = time.perf_counter()
                answer = {"output": in_batches(score, body["texts"], body["size"])}
                answer["ms"] = 1000 * (time.perf_counter() - begun)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"[:2000]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def versions() -> dict[str, str]:
    return {name: sys.modules[name].__version__ for name in ["torch", "transformers", "openvino", "onnxruntime"] if name in sys.modules}


def load(body: dict):
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    import torch
    from tokenizers import Tokenizer

    torch.set_num_threads(body["threads"])
    folder, causal = Path(body["folder"]), body["kind"] == "causal"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pad = tokenizer.token_to_id("<|endoftext|>" if causal else "[PAD]")
    # On the right for causal models too: OpenVINO gives NaN where a row of padding sees nothing.
    tokenizer.enable_padding(direction="right", pad_id=pad, pad_token="")
    wrapped = causal_model(folder, body, tokenizer) if causal else modular_model(folder, body)
    infer = {"torch": torch_engine, "openvino": openvino_engine, "onnxruntime": onnx_engine}[body["engine"]](wrapped, folder, body)

    def score(texts: list) -> list[float]:
        encodings = tokenizer.encode_batch([tuple(text) if isinstance(text, list) else text for text in texts])
        ids = torch.tensor([encoding.ids for encoding in encodings])
        mask = torch.tensor([encoding.attention_mask for encoding in encodings])
        return infer(ids, mask)

    return score


def in_batches(score, texts: list, size: int) -> list[float]:
    order = sorted(range(len(texts)), key=lambda i: -sum(map(len, texts[i])) if isinstance(texts[i], list) else -len(texts[i]))
    scores = [0.0] * len(texts)
    for start in range(0, len(order), size):
        places = order[start : start + size]
        for place, value in zip(places, score([texts[i] for i in places]), strict=True):
            scores[place] = value
    return scores


def dtype_of(body: dict):
    import torch

    return torch.bfloat16 if body["dtype"] == "bf16" else torch.float32


def causal_model(folder: Path, body: dict, tokenizer):
    import torch
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype_of(body), attn_implementation="sdpa").eval()
    ids = [tokenizer.token_to_id("yes"), tokenizer.token_to_id("no")]
    rows = model.get_output_embeddings().weight[ids]

    class Answer(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model.model
            self.register_buffer("answer", (rows[0] - rows[1]).detach().clone())

        def forward(self, input_ids, attention_mask):
            hidden = self.model(input_ids=input_ids, attention_mask=attention_mask, use_cache=False).last_hidden_state
            place = (attention_mask.sum(1) - 1).reshape(-1, 1, 1).expand(-1, 1, hidden.shape[-1])
            return hidden.gather(1, place)[:, 0] @ self.answer

    return Answer().eval()


def modular_model(folder: Path, body: dict):
    import torch
    from sentence_transformers import CrossEncoder

    reranker = CrossEncoder(str(folder), device="cpu", model_kwargs={"dtype": dtype_of(body), "attn_implementation": "sdpa"}, local_files_only=True)
    transformer, *others = list(reranker)

    class Modules(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer.auto_model if hasattr(transformer, "auto_model") else transformer.model
            self.others = torch.nn.ModuleList(others)

        def forward(self, input_ids, attention_mask):
            hidden = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            features = {"token_embeddings": hidden, "attention_mask": attention_mask}
            for module in self.others:
                features = module(features)
            return features["scores"].reshape(-1)

    return Modules().eval()


def torch_engine(model, folder: Path, body: dict):
    import torch

    def infer(ids, mask) -> list[float]:
        with torch.inference_mode():
            return model(ids, mask).float().tolist()

    return infer


def openvino_engine(model, folder: Path, body: dict):
    import nncf
    import openvino
    import torch

    example = {"input_ids": torch.ones(2, 8, dtype=torch.long), "attention_mask": torch.ones(2, 8, dtype=torch.long)}
    with torch.inference_mode():
        graph = openvino.convert_model(model, example_input=example, input=[openvino.PartialShape([-1, -1])] * 2)
    if body["dtype"] == "int8":
        graph = nncf.compress_weights(graph, mode=nncf.CompressWeightsMode.INT8_SYM)
    settings = {"INFERENCE_NUM_THREADS": body["threads"], "PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
    compiled = openvino.Core().compile_model(graph, "CPU", settings)
    return lambda ids, mask: compiled([ids.numpy(), mask.numpy()])[0].reshape(-1).tolist()


def onnx_engine(model, folder: Path, body: dict):
    import onnxruntime
    import torch

    file = folder / "onnx" / "peer.onnx"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        ones = torch.ones(2, 8, dtype=torch.long)
        axes = {0: "batch", 1: "tokens"}
        names = ["input_ids", "attention_mask"]
        torch.onnx.export(
            model,
            (ones, ones),
            str(file),
            input_names=names,
            output_names=["scores"],
            dynamic_axes={**dict.fromkeys(names, axes), "scores": {0: "batch"}},
            opset_version=18,
            dynamo=False,
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = body["threads"]
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    return lambda ids, mask: session.run(None, {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})[0].reshape(-1).tolist()


main()
