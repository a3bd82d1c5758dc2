import type { CrossEncoder } from "./cross-encoder.js";
import { SecondpassError } from "./errors/secondpass-error.js";
import type { LoadOptions } from "./load-options.js";

/** Loads a sequence-classification model from a folder or the hub. */
export async function loadCrossEncoder(options: LoadOptions): Promise<CrossEncoder> {
  throw new SecondpassError(`Not built yet: cannot load ${options.model}.`);
}
