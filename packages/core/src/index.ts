export { bindSignal } from "./embeddings/bind-signal.js";
export type { EmbeddingIdentity } from "./embeddings/embedding-identity.js";
export type { IdentifiedEmbeddings } from "./embeddings/identified-embeddings.js";
export { describeValue } from "./errors/describe-value.js";
export { InvalidFilterError } from "./errors/invalid-filter-error.js";
export { InvalidOptionError } from "./errors/invalid-option-error.js";
export { type Overload, OverloadedError } from "./errors/overloaded-error.js";
export { SecondpassError } from "./errors/secondpass-error.js";
export { UnknownOptionError } from "./errors/unknown-option-error.js";
export { checkFilter } from "./filter/check-filter.js";
export { compareValues } from "./filter/compare-values.js";
export { compileFilter } from "./filter/compile-filter.js";
export { equalValues } from "./filter/equal-values.js";
export { filterAnswer } from "./filter/filter-answer.js";
export type { FieldOperators, MetadataFilter } from "./filter/metadata-filter.js";
export { checkBoolean } from "./options/check-boolean.js";
export { checkBytes } from "./options/check-bytes.js";
export { checkCallOptions } from "./options/check-call-options.js";
export { checkCallback } from "./options/check-callback.js";
export { checkCount } from "./options/check-count.js";
export { checkEmbeddings } from "./options/check-embeddings.js";
export { checkFunction } from "./options/check-function.js";
export { checkHasMethod } from "./options/check-has-method.js";
export { checkKnownOptions } from "./options/check-known-options.js";
export { checkNumber } from "./options/check-number.js";
export { checkObject } from "./options/check-object.js";
export { checkOneOf } from "./options/check-one-of.js";
export { checkOptionValues, type OptionCheck } from "./options/check-option-values.js";
export { checkPositiveInteger } from "./options/check-positive-integer.js";
export { checkSignal } from "./options/check-signal.js";
export { nearestName } from "./options/nearest-name.js";
export { pickOptions } from "./options/pick-options.js";
export { delay } from "./scheduling/delay.js";
export { nextTurn } from "./scheduling/next-turn.js";
export { onAbort } from "./scheduling/on-abort.js";
export { raceWithSignal } from "./scheduling/race-with-signal.js";
export { retryAfter } from "./scheduling/retry-after.js";
export { withHandledRejection } from "./scheduling/with-handled-rejection.js";
export { type WorkSliceOptions, type WorkSlices, workSlices } from "./scheduling/work-slices.js";
export {
  ACTIVATION_NAMES,
  type ActivationFunction,
  activationFunction,
  activationName,
} from "./scores/activation-function.js";
export { orderByScore } from "./scores/order-by-score.js";
export { checkDocuments } from "./texts/check-documents.js";
export { checkMetadatas } from "./texts/check-metadatas.js";
export { checkPairs } from "./texts/check-pairs.js";
export { checkText } from "./texts/check-text.js";
export { checkTexts } from "./texts/check-texts.js";
export { type FindUnknownTextOptions, findUnknownText } from "./texts/find-unknown-text.js";
export { latinLanguage } from "./texts/latin-language.js";
export { LATIN_LANGUAGES } from "./texts/latin-languages.js";
export type { TextPair } from "./texts/text-pair.js";
export type { UnknownText } from "./texts/unknown-text.js";
export type { VocabularyAware } from "./texts/vocabulary-aware.js";
export { warnOfUnknownText } from "./texts/warn-of-unknown-text.js";
