import { SecondpassError } from "@secondpass/core";

/** What was given as a model is neither a folder nor anything that can be a hub id. */
export class ModelNotFoundError extends SecondpassError {
  override readonly name = "ModelNotFoundError";

  constructor(
    readonly model: string,
    readonly folder: string,
  ) {
    super(
      `Cannot find the model ${JSON.stringify(model)}. Read as a folder: ${folder} does not exist or is no folder. ` +
        'Read as a hub id: it is not of the form "name" or "organisation/name". ' +
        "Give the path of a folder with config.json in it, or a hub id.",
    );
  }
}
