"""Computes one score in a new Python process, only by ONNX Runtime or OpenVINO and tokenizers, and prints "scored".

    python first-score.py FOLDER onnxruntime|onnxruntime-q8|openvino QUERY TEXT
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "encoders"))
from model_inputs import Inputs  # noqa: E402

folder, engine, *pair = sys.argv[1:]
inputs = Inputs(Path(folder), "rerank", 512)([tuple(pair)])
if engine == "openvino":
    import openvino

    settings = {"PERFORMANCE_HINT": "LATENCY"}
    openvino.Core().compile_model(f"{folder}/openvino/model.xml", "CPU", settings)(list(inputs.values()))
else:
    import onnxruntime

    file = {"onnxruntime": "model.onnx", "onnxruntime-q8": "model_quantized.onnx"}[engine]
    onnxruntime.InferenceSession(f"{folder}/onnx/{file}", providers=["CPUExecutionProvider"]).run(None, inputs)
print("scored", flush=True)
