import type { Dtype, LoadOptions } from "../contracts/load-options.js";
import { NoSafetensorsError } from "../errors/no-safetensors-error.js";
import { WeightsNotFoundError } from "../errors/weights-not-found-error.js";
import { cpuSuffixes } from "./cpu-suffixes.js";
import type { ModelFiles } from "./model-files.js";
import { onnxCandidates } from "./onnx-candidates.js";

/** One way to get a graph that computes. */
export type WeightsChoice =
  | { readonly kind: "onnx"; readonly path: string }
  | { readonly kind: "safetensors"; readonly precision: "fp32" | "int8" };

export type WeightsOptions = Pick<LoadOptions, "weights" | "onnxFile"> & { readonly dtype: Dtype };

const SAFETENSORS = ["model.safetensors", "model.safetensors.index.json"];
/** Not the quantised weights that an int8 load left next to the model ("secondpass-int8-<hash>.safetensors"). */
const READABLE = /^(?!secondpass-).*\.(safetensors|safetensors\.index\.json|onnx)$/;
const UNREADABLE = /^(pytorch_model.*\.bin|tf_model\.h5|flax_model\.msgpack)$/;

/**
 * Ways to compute in the requested number format, best first. The graph built from safetensors goes before ONNX exports:
 * it uses the weights where they lie. "q8" asks for the repository's own 8-bit file and takes the built one in its absence.
 * @throws WeightsNotFoundError when there is none; it lists what there is
 * @throws NoSafetensorsError when all there is are PyTorch's pickles and the like
 */
export async function chooseWeights(
  files: ModelFiles,
  { dtype, weights = "auto", onnxFile }: WeightsOptions,
  cpu: readonly string[] = cpuSuffixes(),
): Promise<readonly [WeightsChoice, ...WeightsChoice[]]> {
  const paths = await files.list();
  const candidates = onnxFile ? [onnxFile] : onnxCandidates(dtype, cpu);
  const onnx: WeightsChoice[] = candidates
    .filter((path) => weights !== "safetensors" && paths.includes(path))
    .map((path) => ({ kind: "onnx", path }));
  const precision = builtPrecision(dtype);
  const built: WeightsChoice[] =
    precision && !onnxFile && weights !== "onnx" && SAFETENSORS.some((path) => paths.includes(path))
      ? [{ kind: "safetensors", precision }]
      : [];

  const [best, ...others] = dtype === "q8" ? [...onnx, ...built] : [...built, ...onnx];
  if (best) return [best, ...others];
  const lookedFor = [
    ...(precision && !onnxFile && weights !== "onnx" ? SAFETENSORS : []),
    ...(weights === "safetensors" ? [] : candidates),
  ];
  const available = paths.filter((path) => READABLE.test(path));
  const unreadable = paths.filter((path) => UNREADABLE.test(path));
  if (available.length === 0 && unreadable.length > 0 && !files.whenMissing)
    throw new NoSafetensorsError(files.model, unreadable);
  throw new WeightsNotFoundError(files.model, onnxFile ?? dtype, lookedFor, available, files.whenMissing);
}

/** Number formats that a graph can be built in. */
function builtPrecision(dtype: Dtype): "fp32" | "int8" | undefined {
  if (dtype === "fp32") return "fp32";
  return dtype === "int8" || dtype === "q8" ? "int8" : undefined;
}
