import { MissingFeatureError } from "../errors/missing-feature-error.js";
import type { Value } from "./onnx/graph-builder.js";

/**
 * Values that modules read and write, by sentence-transformers' names: `input_ids`, `attention_mask`, `token_type_ids`,
 * `token_embeddings`, `sentence_embedding`, `scores`, or a name from a module's configuration.
 */
export type GraphFeatures = Readonly<Record<string, Value>>;

/** Returns a feature by name. @throws MissingFeatureError if there is none of this name */
export function graphFeature(features: GraphFeatures, name: string, reader: string): Value {
  const value = features[name];
  if (value === undefined) throw new MissingFeatureError(name, reader, Object.keys(features));
  return value;
}
