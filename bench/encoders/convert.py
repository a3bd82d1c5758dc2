"""Writes the forms of a model folder that peers read, once each, below FOLDER: `onnx/` (float32, and int8 by ONNX Runtime's dynamic
quantisation), `openvino/`, `ctranslate2/` and, of BERT, `model-f32.gguf` and `model-q8_0.gguf`. The last line of the output is one of JSON:
{form: null, or why it cannot be made}.

    python convert.py FOLDER rerank|embed
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from model_modules import input_names, kind_of, load_module


def main() -> None:
    folder, task = Path(sys.argv[1]), sys.argv[2]
    forms = {
        "onnx": (folder / "onnx" / "model.onnx", write_onnx),
        "onnx-q8": (folder / "onnx" / "model_quantized.onnx", write_quantized),
        "openvino": (folder / "openvino" / "model.xml", write_openvino),
        "ctranslate2": (folder / "ctranslate2" / "model.bin", write_ctranslate2),
        "gguf": (folder / "model-q8_0.gguf", write_gguf),
    }
    failed = {}
    for name, (file, write) in forms.items():
        if file.exists():
            continue
        file.parent.mkdir(exist_ok=True)
        try:
            write(folder, task, file)
        except Exception as error:  # noqa: BLE001: whatever it is, a peer that needs the form is left out
            file.unlink(missing_ok=True)
            failed[name] = f"{type(error).__name__}: {error}".strip().split("\n")[0][:200]
    print(json.dumps(failed))


def example(folder: Path) -> tuple[list[str], tuple[torch.Tensor, ...]]:
    names = input_names(folder)
    return names, tuple(torch.ones(2, 8, dtype=torch.long) for _ in names)


def write_onnx(folder: Path, task: str, file: Path) -> None:
    """Eager attention: the pattern that ONNX Runtime fuses."""
    names, ones = example(folder)
    output = "last_hidden_state" if task == "embed" else "logits"
    axes = {name: {0: "batch_size", 1: "sequence_length"} for name in [*names, "last_hidden_state"]} | {"logits": {0: "batch_size"}}
    torch.onnx.export(
        load_module(folder, task, torch.float32, "eager"),
        ones,
        str(file),
        input_names=names,
        output_names=[output],
        dynamic_axes={name: axes[name] for name in [*names, output]},
        opset_version=18,
        dynamo=False,
    )


def write_quantized(folder: Path, task: str, file: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(folder / "onnx" / "model.onnx", file, weight_type=QuantType.QInt8)


def write_openvino(folder: Path, task: str, file: Path) -> None:
    import openvino

    names, ones = example(folder)
    with torch.inference_mode():
        graph = openvino.convert_model(
            load_module(folder, task, torch.float32, "sdpa"), example_input=ones, input=[openvino.PartialShape([-1, -1])] * len(names)
        )
    openvino.save_model(graph, file, compress_to_fp16=False)


def write_ctranslate2(folder: Path, task: str, file: Path) -> None:
    from ctranslate2.converters import TransformersConverter

    if kind_of(folder, task) not in ["embed", "classifier"]:
        raise NotImplementedError("CTranslate2 has no such reranker")
    # Its converter asks for a setting that transformers 5 no longer has.
    source = folder / "ctranslate2-source"
    source.mkdir(exist_ok=True)
    config = json.loads((folder / "config.json").read_text())
    (source / "config.json").write_text(json.dumps(config | {"position_embedding_type": "absolute"}))
    for name in ["tokenizer.json", "tokenizer_config.json", "model.safetensors"]:
        (source / name).unlink(missing_ok=True)
        (source / name).symlink_to((folder / name).resolve())
    try:
        TransformersConverter(str(source)).convert(str(file.parent), quantization="int8", force=True)
    finally:
        shutil.rmtree(source)


def write_gguf(folder: Path, task: str, file: Path) -> None:
    from write_bert_gguf import write_bert_gguf

    write_bert_gguf(folder, task, file)


main()
