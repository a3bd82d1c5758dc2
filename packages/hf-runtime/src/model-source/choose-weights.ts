import { DTYPES, type Dtype, type LoadOptions } from "../contracts/load-options.js";
import { NoSafetensorsError } from "../errors/no-safetensors-error.js";
import { WeightsNotFoundError } from "../errors/weights-not-found-error.js";
import { cpuSuffixes } from "./cpu-suffixes.js";
import { WEIGHT_FILES } from "./find-weight-files.js";
import type { ModelFiles } from "./model-files.js";
import { onnxCandidates } from "./onnx-candidates.js";

/** One way to get a graph: an ONNX file, or a graph built from the weights. */
export type WeightsChoice =
  | { readonly kind: "onnx"; readonly path: string }
  | { readonly kind: "graph"; readonly precision: "fp32" | "int8" };

export type WeightsOptions = Pick<LoadOptions, "weights" | "onnxFile"> & { readonly dtype: Dtype };

const SAFETENSORS = /\.safetensors(\.index\.json)?$/;
const PYTORCH = /^pytorch_model.*\.bin$/;
/** Not the quantised weights that an int8 load left next to the model ("secondpass-int8-<hash>.safetensors"). */
const READABLE =
  /^(?!secondpass-).*\.(safetensors|safetensors\.index\.json|onnx)$|^pytorch_model.*\.bin(\.index\.json)?$/;
const UNREADABLE = /^(tf_model\.h5|flax_model\.msgpack)$/;

/**
 * Ways to compute in the requested number format, best first. A graph built from safetensors, or else from PyTorch's files, has priority
 * over ONNX exports, because it reads the weights from their own file. "q8" prefers the repository's own 8-bit file to a built graph.
 * @throws WeightsNotFoundError if there is none; it lists the weights that the repository has
 * @throws NoSafetensorsError if the only weights are of other frameworks, or are PyTorch's and the caller wants safetensors
 */
export async function chooseWeights(
  files: ModelFiles,
  options: WeightsOptions,
  cpu: readonly string[] = cpuSuffixes(),
): Promise<readonly [WeightsChoice, ...WeightsChoice[]]> {
  const paths = await files.list();
  const { choices, lookedFor } = choicesAmong(paths, options, cpu);
  const [best, ...others] = choices;
  if (best) return [best, ...others];
  const { dtype, weights, onnxFile } = options;
  const isReadable = (path: string) =>
    READABLE.test(path) && (weights !== "safetensors" || !PYTORCH.test(path));
  const available = paths.filter(isReadable);
  const unreadable = paths.filter(
    (path) => UNREADABLE.test(path) || (PYTORCH.test(path) && !isReadable(path)),
  );
  if (available.length === 0 && unreadable.length > 0 && !files.whenMissing)
    throw new NoSafetensorsError(files.model, unreadable);
  const dtypes = onnxFile
    ? []
    : DTYPES.filter((other) => choicesAmong(paths, { ...options, dtype: other }, cpu).choices.length > 0);
  throw new WeightsNotFoundError(
    files.model,
    onnxFile ?? dtype,
    lookedFor,
    available,
    dtypes,
    files.whenMissing,
  );
}

/** The choices among a repository's files, best first, and the paths that were looked for. */
function choicesAmong(
  paths: readonly string[],
  { dtype, weights = "auto", onnxFile }: WeightsOptions,
  cpu: readonly string[],
): { readonly choices: readonly WeightsChoice[]; readonly lookedFor: readonly string[] } {
  const candidates = onnxFile ? [onnxFile] : onnxCandidates(dtype, cpu);
  const onnx: WeightsChoice[] = candidates
    .filter((path) => weights !== "safetensors" && paths.includes(path))
    .map((path) => ({ kind: "onnx", path }));
  const precision = builtPrecision(dtype);
  const buildable =
    precision === undefined || onnxFile || weights === "onnx"
      ? []
      : WEIGHT_FILES.filter((path) => weights === "auto" || SAFETENSORS.test(path));
  const built: WeightsChoice[] =
    precision && buildable.some((path) => paths.includes(path)) ? [{ kind: "graph", precision }] : [];
  return {
    choices: dtype === "q8" ? [...onnx, ...built] : [...built, ...onnx],
    lookedFor: [...buildable, ...(weights === "safetensors" ? [] : candidates)],
  };
}

/** Number formats that a graph can be built in. */
function builtPrecision(dtype: Dtype): "fp32" | "int8" | undefined {
  if (dtype === "fp32") return "fp32";
  return dtype === "int8" || dtype === "q8" ? "int8" : undefined;
}
