import { SecondpassError } from "@secondpass/core";
import { messageOf } from "./message-of.js";

/** Thrown if the folder of downloaded models cannot be used: no write permission, a full disk, a file in its place, or a damaged file. */
export class ModelCacheError extends SecondpassError {
  override readonly name = "ModelCacheError";

  /** @param options `problem` says what is wrong, such as "EACCES: permission denied, mkdir …". @default the cause's message */
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
