"""Exports a model folder to ONNX for the peers, with the file names of hub repositories: onnx/model.onnx by torch's exporter, then
onnx/model_quantized.onnx by onnxruntime's dynamic quantisation. Needs torch, transformers, onnx and onnxruntime.

    python export-onnx.py FOLDER rerank|embed
"""

import sys
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel, AutoModelForSequenceClassification

folder, task = Path(sys.argv[1]), sys.argv[2]
kind, output = (AutoModelForSequenceClassification, "logits") if task == "rerank" else (AutoModel, "last_hidden_state")
model = kind.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
names = ["input_ids", "attention_mask"] + (["token_type_ids"] if model.config.model_type == "bert" else [])


class Named(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return getattr(self.model(**dict(zip(names, inputs, strict=True))), output)


(folder / "onnx").mkdir(exist_ok=True)
exported = folder / "onnx" / "model.onnx"
ones = torch.ones(2, 8, dtype=torch.long)
axes = {name: {0: "batch_size", 1: "sequence_length"} for name in [*names, "last_hidden_state"]} | {"logits": {0: "batch_size"}}
torch.onnx.export(
    Named(),
    tuple(ones for _ in names),
    str(exported),
    input_names=names,
    output_names=[output],
    dynamic_axes={name: axes[name] for name in [*names, output]},
    opset_version=17,
    dynamo=False,
)
quantize_dynamic(exported, folder / "onnx" / "model_quantized.onnx", weight_type=QuantType.QInt8)
