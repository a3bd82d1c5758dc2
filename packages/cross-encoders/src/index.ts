export { InvalidOptionError, SecondpassError, type TextPair, UnknownOptionError } from "@secondpass/core";
export {
  BaseCrossEncoder,
  type CrossEncoderCallOptions,
  type RankableScores,
  type RankedText,
  type RankOptions,
  type ScoreOptions,
} from "./base-cross-encoder.js";
export { CrossEncoderError } from "./errors/cross-encoder-error.js";
export { ScoreCountError } from "./errors/score-count-error.js";
export { FakeCrossEncoder } from "./fake-cross-encoder.js";
