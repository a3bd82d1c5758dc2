import { SecondpassError } from "@secondpass/core";
import { messageOf } from "./message-of.js";

/** Thrown if a file or a folder of a model exists but the operating system does not let this process read it. */
export class ModelFileAccessError extends SecondpassError {
  override readonly name = "ModelFileAccessError";

  constructor(
    readonly model: string,
    /** Path in the model's repository; "" for its folder. */
    readonly path: string,
    cause: unknown,
  ) {
    const what = path === "" ? "the folder" : `"${path}"`;
    super(
      `Cannot read ${what} of model "${model}": ${messageOf(cause)}. Check that it is a plain file or folder and that this process may read it.`,
      { cause },
    );
  }
}
