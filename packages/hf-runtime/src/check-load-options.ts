import {
  checkBoolean,
  checkFunction,
  checkKnownOptions,
  checkOneOf,
  checkOptionValues,
  checkPositiveInteger,
  checkSignal,
  InvalidOptionError,
  type OptionCheck,
} from "@secondpass/core";
import { LOAD_OPTIONS, type LoadOptions } from "./contracts/load-options.js";
import { POOLING_MODES } from "./contracts/pooling-mode.js";

const WEIGHTS = ["auto", "onnx", "safetensors"] as const;
const ISOLATIONS = ["none", "worker", "process"] as const;
/** This package's number formats by PyTorch's names. */
const OTHER_DTYPES: Readonly<Record<string, string>> = {
  float: "fp32",
  float32: "fp32",
  half: "fp16",
  float16: "fp16",
};

const CHECKS: Readonly<Record<string, OptionCheck>> = {
  localFilesOnly: checkBoolean,
  lowMemory: checkBoolean,
  worker: checkBoolean,
  fetch: checkFunction,
  signal: (_, value) => checkSignal(value),
  threads: checkPositiveInteger,
  batchTokens: checkPositiveInteger,
  maxLength: checkPositiveInteger,
  maxQueuedTokens: checkPositiveInteger,
};

/**
 * Checks the options of a load before anything is downloaded, because the caller may not use TypeScript.
 * @param owner name of the called function
 * @throws UnknownOptionError, InvalidOptionError
 */
export function checkLoadOptions(options: LoadOptions, owner: string): void {
  checkKnownOptions(options, LOAD_OPTIONS, owner);
  if (typeof options?.model !== "string" || options.model === "") {
    throw new InvalidOptionError("model", "a hub id or the path of a folder", options?.model);
  }
  for (const name of ["dtype", "device", "revision", "onnxFile"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && (typeof value !== "string" || value === "")) {
      throw new InvalidOptionError(name, "a name", value);
    }
  }
  const ours = Object.hasOwn(OTHER_DTYPES, options.dtype ?? "") ? OTHER_DTYPES[options.dtype!] : undefined;
  if (ours !== undefined) {
    throw new InvalidOptionError("dtype", `"${ours}" for these numbers`, options.dtype);
  }
  for (const name of ["cacheDir", "token", "endpoint"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "string") throw new InvalidOptionError(name, "a text", value);
  }
  checkOptionValues(options, CHECKS);
  const onProgress: unknown = options.onProgress;
  if (onProgress !== undefined && onProgress !== false && typeof onProgress !== "function") {
    throw new InvalidOptionError("onProgress", "a function, or false", onProgress);
  }
  if (options.weights !== undefined) checkOneOf("weights", options.weights, WEIGHTS);
  if (options.pooling !== undefined) {
    const modes: readonly unknown[] = [options.pooling].flat();
    if (modes.length === 0) checkOneOf("pooling", undefined, POOLING_MODES);
    for (const mode of modes) checkOneOf("pooling", mode as string, POOLING_MODES);
  }
  const { isolation, worker } = options;
  if (isolation === undefined) return;
  checkOneOf("isolation", isolation, ISOLATIONS);
  if (worker !== undefined && worker !== (isolation !== "none")) {
    throw new InvalidOptionError("worker", `left out, as \`isolation\` is "${isolation}"`, worker);
  }
}
