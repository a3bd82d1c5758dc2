import type { Encoder } from "./encoder.js";
import { SecondpassError } from "./errors/secondpass-error.js";
import type { LoadOptions } from "./load-options.js";

/** Loads an embedding model from a folder or the hub. */
export async function loadEncoder(options: LoadOptions): Promise<Encoder> {
  throw new SecondpassError(`Not built yet: cannot load ${options.model}.`);
}
