import { MissingFeatureError } from "../errors/missing-feature-error.js";
import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import type { Module } from "./module.js";

/** Whether a feature has a row for each token or for each text, and the width of a row if the files state it. */
export interface FeatureShape {
  readonly per: "token" | "text";
  readonly width: number | undefined;
}

/**
 * Checks that each module reads features that earlier modules give, and that the model ends in the expected one.
 * @param output name of the model's last feature
 * @param per what the last feature must have a row for
 * @returns the shape of each feature after the last module
 * @throws MissingFeatureError if a module, or the model, reads a feature that does not exist
 * @throws UnsupportedModuleError if the last feature has rows of the other kind
 */
export function checkFeatures(
  modules: readonly Module[],
  output: string,
  per: "token" | "text" = "text",
): ReadonlyMap<string, FeatureShape> {
  const shapes = featureShapes(modules);
  const last = shapes.get(output);
  if (!last) throw new MissingFeatureError(output, "The model", [...shapes.keys()]);
  if (last.per === per) return shapes;
  if (per === "token") {
    throw new UnsupportedModuleError("module", `a last module that gives "${output}" for each text`, [
      "modules that give a vector for each token",
    ]);
  }
  throw new UnsupportedModuleError("module", `a last module that gives "${output}" for each token`, [
    "Pooling, before modules that read one vector for each text",
  ]);
}

/**
 * The shape of each feature after the last module.
 * @throws MissingFeatureError if a module reads a feature that does not exist
 * @throws UnsupportedModuleError if a module reads token vectors, but the feature has one vector for each text
 */
export function featureShapes(modules: readonly Module[]): ReadonlyMap<string, FeatureShape> {
  const shapes = new Map<string, FeatureShape>();
  for (const { type, reads = [], readsTokens, skipsMissing, output, width } of modules) {
    const missing = reads.find((name) => !shapes.has(name));
    if (missing !== undefined && skipsMissing) continue;
    if (missing !== undefined) throw new MissingFeatureError(missing, type, [...shapes.keys()]);
    const whole = readsTokens ? reads.find((name) => shapes.get(name)?.per === "text") : undefined;
    if (whole !== undefined) {
      throw new UnsupportedModuleError("module", `${type} over "${whole}" with one vector for each text`, [
        `${type} over a vector for each token`,
      ]);
    }
    if (!output) continue;
    const read = reads[0] === undefined ? undefined : shapes.get(reads[0]);
    shapes.set(output.feature, {
      per: output.per ?? read?.per ?? "text",
      width: width ? width(read?.width) : read?.width,
    });
  }
  return shapes;
}
