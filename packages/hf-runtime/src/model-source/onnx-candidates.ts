import type { Dtype } from "../contracts/load-options.js";

/**
 * Repository paths that may hold an ONNX export of a number format, best first: sentence-transformers' names
 * (`onnx/model_qint8_avx512_vnni.onnx`, `onnx/model_O3.onnx`) and transformers.js's (`onnx/model_quantized.onnx`).
 * @param cpu suffixes of 8-bit exports that this CPU runs well, best first
 */
export function onnxCandidates(dtype: Dtype, cpu: readonly string[]): readonly string[] {
  return [...new Set(suffixes(dtype, cpu))].flatMap((suffix) => {
    const file = suffix ? `model_${suffix}.onnx` : "model.onnx";
    return [file, `onnx/${file}`];
  });
}

function suffixes(dtype: Dtype, cpu: readonly string[]): readonly string[] {
  switch (dtype) {
    case "fp32":
      return [""];
    case "int8":
      return [...cpu.filter((suffix) => suffix.startsWith("qint8")), "int8", "quantized", ...cpu];
    case "q8":
      return ["quantized", ...cpu, "int8", "uint8"];
    case "uint8":
      return ["uint8", ...cpu.filter((suffix) => suffix.startsWith("quint8"))];
    default:
      return [dtype];
  }
}
