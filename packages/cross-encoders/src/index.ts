export {
  BaseCrossEncoder,
  type CrossEncoderCallOptions,
  type RankableScores,
  type RankedText,
  type ScoreOptions,
} from "./base-cross-encoder.js";
export { CrossEncoderError } from "./errors/cross-encoder-error.js";
export { InvalidOptionError } from "./errors/invalid-option-error.js";
export { ScoreCountError } from "./errors/score-count-error.js";
export { FakeCrossEncoder } from "./fake-cross-encoder.js";
export type { TextPair } from "./text-pair.js";
