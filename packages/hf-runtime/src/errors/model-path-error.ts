import { SecondpassError } from "@secondpass/core";

/** A path inside a repository that would lead out of it, or that no repository can have. */
export class ModelPathError extends SecondpassError {
  override readonly name = "ModelPathError";

  constructor(readonly path: string) {
    super(
      `Expected a path inside the model's repository, such as "onnx/model.onnx", got ${JSON.stringify(path)}.`,
    );
  }
}
