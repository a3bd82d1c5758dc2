"""A peer in Python that scores pairs or embeds texts: answers one JSON line with one.

    {call: "load", folder, task, engine, dtype, threads, tokens}  →  {versions, runs}
    {call: "run", texts: [text | [query, document]], size: rows of a batch, or 0}  →  {ms, output}

Texts of similar length share a batch. A size of 0 means in parallel: `threads` threads, each of which takes one text after another, computed on one
thread. The time is from texts to numbers in the texts' order, tokenizing included.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "support"), str(Path(__file__).parent)]
from answer_calls import answer_calls  # noqa: E402

model = None


def load(folder, task, engine, dtype, threads, tokens=None):
    global model
    os.environ.update(HF_HUB_OFFLINE="1", RAYON_NUM_THREADS=str(threads))
    model = ENGINES[engine](Path(folder), task, dtype, threads, tokens)
    named = ["torch", "transformers", "openvino", "onnxruntime", "ctranslate2", "fastembed"]
    return {"versions": {name: sys.modules[name].__version__ for name in named if hasattr(sys.modules.get(name), "__version__")}, "runs": getattr(model, "runs", dtype)}


def run(texts, size):
    texts = [tuple(text) if isinstance(text, list) else text for text in texts]
    begun = time.perf_counter()
    output = model.side_by_side(texts) if size == 0 else model.in_batches(texts, size)
    ms = 1000 * (time.perf_counter() - begun)
    return {"ms": ms, "output": [row.tolist() if hasattr(row, "tolist") else float(row) for row in output]}


def longest_first(texts):
    length = lambda text: len(text) if isinstance(text, str) else sum(map(len, text))  # noqa: E731
    return sorted(range(len(texts)), key=lambda i: -length(texts[i]))


class Engine:
    """Engines give `infer(inputs, side)`: from integers [rows, tokens] by name to logits [rows] or token vectors [rows, tokens, size]."""

    def __init__(self, folder, task, dtype, threads, tokens):
        import numpy
        from model_inputs import Inputs

        self.numpy, self.threads, self.task = numpy, threads, task
        self.inputs = Inputs(folder, task, tokens)
        self.prepare(folder, task, dtype, threads)
        self.pool = ThreadPoolExecutor(threads)

    def in_batches(self, texts, size):
        results, order = [None] * len(texts), longest_first(texts)
        for start in range(0, len(order), size):
            places = order[start : start + size]
            for place, row in zip(places, self.compute([texts[i] for i in places], None), strict=True):
                results[place] = row
        return results

    def side_by_side(self, texts):
        results, waiting = [None] * len(texts), iter(longest_first(texts))

        def work(side):
            for place in waiting:
                results[place] = self.compute([texts[place]], side)[0]

        for done in [self.pool.submit(work, side) for side in range(self.threads)]:
            done.result()
        return results

    def compute(self, texts, side):
        inputs = self.inputs(texts)
        output = self.infer(inputs, side)
        return self.pooled(output, inputs["attention_mask"]) if self.task == "embed" else output

    def pooled(self, tokens, mask):
        """Mean over the texts' tokens, then of length 1: [rows, tokens, size] → [rows, size]."""
        weights = mask.astype(self.numpy.float32) / mask.sum(1, keepdims=True)
        means = self.numpy.matmul(weights[:, None, :], tokens)[:, 0]
        return means / self.numpy.linalg.norm(means, axis=1, keepdims=True)


class Onnxruntime(Engine):
    def prepare(self, folder, task, dtype, threads):
        import onnxruntime

        file = folder / "onnx" / {"f32": "model.onnx", "q8": "model_quantized.onnx"}[dtype]

        def session(intra):
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = intra
            options.log_severity_level = 3
            return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

        self.open, self.sessions = session, {}

    def infer(self, inputs, side):
        # Side by side, each thread computes alone: one session, of one thread, serves them all.
        intra = self.threads if side is None else 1
        if intra not in self.sessions:
            self.sessions[intra] = self.open(intra)
        return self.sessions[intra].run(None, inputs)[0]


class Openvino(Engine):
    def prepare(self, folder, task, dtype, threads):
        import openvino

        self.core = openvino.Core()
        self.graph = self.core.read_model(folder / "openvino" / "model.xml")
        self.settings = {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": dtype}
        together = self.core.compile_model(self.graph, "CPU", self.settings | {"PERFORMANCE_HINT": "LATENCY"})
        self.runs = str(together.get_property("INFERENCE_PRECISION_HINT"))
        self.requests = {None: together.create_infer_request()}

    def side_by_side(self, texts):
        if 0 not in self.requests:
            streams = {"PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": self.threads}
            apart = self.core.compile_model(self.graph, "CPU", self.settings | streams)
            self.requests |= {side: apart.create_infer_request() for side in range(self.threads)}
        return super().side_by_side(texts)

    def infer(self, inputs, side):
        request = self.requests[side]
        request.infer(list(inputs.values()), share_inputs=True)
        return request.get_output_tensor(0).data.copy()


class Torch(Engine):
    def prepare(self, folder, task, dtype, threads):
        import torch
        from model_modules import load_module

        torch.set_num_threads(threads)
        self.torch = torch
        self.module = load_module(folder, task, {"f32": torch.float32, "bf16": torch.bfloat16}[dtype], "sdpa")

    def infer(self, inputs, side):
        # The number counts for the thread that sets it.
        wanted = self.threads if side is None else 1
        if self.torch.get_num_threads() != wanted:
            self.torch.set_num_threads(wanted)
        with self.torch.inference_mode():
            return self.module(*(self.torch.from_numpy(values) for values in inputs.values())).float().numpy()


class Ctranslate2(Engine):
    """Its encoder, and the head in numpy."""

    def prepare(self, folder, task, dtype, threads):
        import ctranslate2
        from safetensors import safe_open

        self.library = ctranslate2
        self.path = str(folder / "ctranslate2")
        self.encoders = {}
        with safe_open(folder / "model.safetensors", "np") as weights:
            self.head = {name: weights.get_tensor(name) for name in weights.keys() if name.startswith("classifier")}
        self.encoder(threads)

    def encoder(self, intra):
        if intra not in self.encoders:
            self.encoders[intra] = self.library.Encoder(
                self.path, device="cpu", compute_type="int8", intra_threads=intra, inter_threads=self.threads // intra
            )
        return self.encoders[intra]

    def infer(self, inputs, side):
        numpy = self.numpy
        lengths = inputs["attention_mask"].sum(1).astype(numpy.int32)
        ids = numpy.ascontiguousarray(inputs["input_ids"], dtype=numpy.int32)
        types = inputs["token_type_ids"].tolist() if "token_type_ids" in inputs else None
        view = self.library.StorageView.from_array
        output = self.encoder(self.threads if side is None else 1).forward_batch(view(ids), view(lengths), token_type_ids=types)
        if self.task == "embed":
            return numpy.array(output.last_hidden_state)
        if "classifier.weight" in self.head:
            return (numpy.array(output.pooler_output) @ self.head["classifier.weight"].T + self.head["classifier.bias"])[:, 0]
        first = numpy.array(output.last_hidden_state)[:, 0]
        inner = numpy.tanh(first @ self.head["classifier.dense.weight"].T + self.head["classifier.dense.bias"])
        return (inner @ self.head["classifier.out_proj.weight"].T + self.head["classifier.out_proj.bias"])[:, 0]


class Fastembed:
    """Its own tokenizer, pooling and batches; it has no parallel threads in one process."""

    def __init__(self, folder, task, dtype, threads, tokens):
        from fastembed import TextEmbedding
        from fastembed.common.model_description import ModelSource, PoolingType

        name = f"bench/{folder.name}"
        file = {"f32": "onnx/model.onnx", "q8": "onnx/model_quantized.onnx"}[dtype]
        TextEmbedding.add_custom_model(
            name, PoolingType.MEAN, True, ModelSource(hf=name), dim=1, model_file=file
        )
        self.model = TextEmbedding(name, specific_model_path=str(folder), threads=threads)

    def in_batches(self, texts, size):
        results, order = [None] * len(texts), longest_first(texts)
        for place, vector in zip(order, self.model.embed([texts[i] for i in order], batch_size=size), strict=True):
            results[place] = vector
        return results


ENGINES = {"onnxruntime": Onnxruntime, "openvino": Openvino, "torch": Torch, "ctranslate2": Ctranslate2, "fastembed": Fastembed}

answer_calls(load=load, run=run)
