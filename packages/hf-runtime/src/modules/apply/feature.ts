import { MissingFeatureError } from "../../errors/missing-feature-error.js";
import type { Features, FeatureTensor } from "./features.js";

/** Returns a feature by name. @throws MissingFeatureError if there is none of this name */
export function feature(features: Features, name: string, reader: string): FeatureTensor {
  const tensor = features[name];
  if (tensor === undefined) throw new MissingFeatureError(name, reader, Object.keys(features));
  return tensor;
}
