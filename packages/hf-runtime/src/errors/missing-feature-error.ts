import { SecondpassError } from "@secondpass/core";

/** Thrown if a module of a model reads a feature that no module before it gives. */
export class MissingFeatureError extends SecondpassError {
  override readonly name = "MissingFeatureError";

  /**
   * @param feature name of the feature, as sentence-transformers has it
   * @param reader the module that reads it, such as "Normalize"
   * @param available names of the features that exist
   */
  constructor(
    readonly feature: string,
    readonly reader: string,
    readonly available: readonly string[],
  ) {
    super(
      `${reader} reads "${feature}", which no module before it gives; there are ${available.join(", ")}. Check the order of modules.json.`,
    );
  }
}
