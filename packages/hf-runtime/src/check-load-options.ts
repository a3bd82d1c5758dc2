import { InvalidOptionError } from "@secondpass/core";
import type { LoadOptions } from "./contracts/load-options.js";

const WEIGHTS: readonly unknown[] = ["auto", "onnx", "safetensors"];

/**
 * Checks what a caller without types may have passed, before anything is downloaded.
 * @throws InvalidOptionError
 */
export function checkLoadOptions(options: LoadOptions): void {
  if (typeof options.model !== "string" || options.model === "") {
    throw new InvalidOptionError("model", "a hub id or the path of a folder", options.model);
  }
  for (const name of ["dtype", "device", "revision", "onnxFile"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && (typeof value !== "string" || value === "")) {
      throw new InvalidOptionError(name, "a name", value);
    }
  }
  for (const name of ["threads", "batchTokens", "maxLength"] as const) {
    const value = options[name];
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) {
      throw new InvalidOptionError(name, "a whole number of at least 1", value);
    }
  }
  if (options.weights !== undefined && !WEIGHTS.includes(options.weights)) {
    throw new InvalidOptionError("weights", `one of ${WEIGHTS.join(", ")}`, options.weights);
  }
}
