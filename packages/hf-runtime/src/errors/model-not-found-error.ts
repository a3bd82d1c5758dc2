import { SecondpassError } from "@secondpass/core";

/** Thrown if a model's name is neither an existing folder nor a valid hub id. */
export class ModelNotFoundError extends SecondpassError {
  override readonly name = "ModelNotFoundError";

  constructor(
    readonly model: string,
    readonly folder: string,
  ) {
    super(
      `Cannot find the model ${JSON.stringify(model)}. Read as a folder: ${folder} does not exist or is not a folder. ` +
        'Read as a hub id: it is not of the form "name" or "organisation/name". ' +
        "Give the path of a folder with config.json in it, or a hub id.",
    );
  }
}
