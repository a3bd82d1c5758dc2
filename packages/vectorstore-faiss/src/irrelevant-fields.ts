import type { EmbeddingIdentity } from "@secondpass/core";
import type { StoreSettings } from "./contents/store-contents.js";

/** Fields of an identity that need not agree: `normalized`, if the store scales vectors itself. */
export function irrelevantFields({
  distanceStrategy,
  normalizeL2,
}: Pick<StoreSettings, "distanceStrategy" | "normalizeL2">): readonly (keyof EmbeddingIdentity)[] {
  return distanceStrategy === "cosine" || normalizeL2 ? ["normalized"] : [];
}
