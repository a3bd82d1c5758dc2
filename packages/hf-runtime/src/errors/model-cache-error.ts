import { SecondpassError } from "@secondpass/core";
import { messageOf } from "./message-of.js";

/** Thrown if the folder of downloaded models cannot be used: no right to write, a full disk, a file in its place, or a damaged file. */
export class ModelCacheError extends SecondpassError {
  override readonly name = "ModelCacheError";

  /** @param problem what is wrong with it, such as "EACCES: permission denied, mkdir …"; the cause's message if it is not given */
  constructor(
    readonly model: string,
    /** The cache's folder. */
    readonly cacheDir: string,
    options: ErrorOptions & { readonly problem?: string },
  ) {
    const { cause, problem = messageOf(cause) } = options;
    super(
      `Cannot use the cache ${cacheDir} for the model "${model}": ${problem}. Make room or give this process the right to write there, ` +
        "or choose another folder with the option cacheDir or the environment variable HF_HOME or HF_HUB_CACHE.",
      { cause },
    );
  }
}
