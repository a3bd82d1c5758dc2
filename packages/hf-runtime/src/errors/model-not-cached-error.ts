import { SecondpassError } from "@secondpass/core";

/** Thrown if the process is offline and the cache has nothing of this model at this revision. */
export class ModelNotCachedError extends SecondpassError {
  override readonly name = "ModelNotCachedError";

  constructor(
    readonly model: string,
    readonly revision: string,
    readonly cacheDir: string,
    /** The folder that `model` names if it is read as a path. */
    readonly folder: string,
  ) {
    super(
      `Offline, and the cache ${cacheDir} has no revision "${revision}" of the model "${model}"; ` +
        `there is no folder ${folder} either. Load it once while online (without localFilesOnly and HF_HUB_OFFLINE), ` +
        "or give the path of a folder that holds its files.",
    );
  }
}
