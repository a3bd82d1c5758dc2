export { MissingPackageError } from "../errors/missing-package-error.js";
export { UnknownLabelError } from "../errors/unknown-label-error.js";
export {
  HuggingFaceCrossEncoder,
  type HuggingFaceCrossEncoderFields,
  type ScoredTokens,
} from "./hugging-face-cross-encoder.js";
export {
  HuggingFaceLateInteraction,
  type HuggingFaceLateInteractionFields,
} from "./hugging-face-late-interaction.js";
export type { TruncatedPair } from "./report-truncated-pairs.js";
