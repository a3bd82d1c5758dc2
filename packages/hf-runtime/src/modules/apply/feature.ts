import { MissingFeatureError } from "../../errors/missing-feature-error.js";
import type { Features, FeatureTensor } from "./features.js";

/** @throws MissingFeatureError */
export function feature(features: Features, name: string, reader: string): FeatureTensor {
  const tensor = features[name];
  if (tensor === undefined) throw new MissingFeatureError(name, reader, Object.keys(features));
  return tensor;
}
