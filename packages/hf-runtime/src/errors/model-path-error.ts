import { SecondpassError } from "@secondpass/core";

/** Thrown if a path inside a repository would lead out of it, or is one that no repository can have. */
export class ModelPathError extends SecondpassError {
  override readonly name = "ModelPathError";

  constructor(readonly path: string) {
    super(
      `Expected a path inside the model's repository, such as "onnx/model.onnx", got ${JSON.stringify(path)}.`,
    );
  }
}
