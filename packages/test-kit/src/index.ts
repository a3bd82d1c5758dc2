export {
  type ContentHandlerSuiteOptions,
  type ContentHandlerUnderTest,
  contentHandlerSuite,
} from "./content-handler-suite.js";
export { CRASH_PLACES, type CrashPlace, mountSmall } from "./crash/crash-place.js";
export type { CrashWriter } from "./crash/crash-writer.js";
export { crashSuite } from "./crash-suite.js";
export {
  type CrossEncoderSuiteOptions,
  type CrossEncoderUnderTest,
  crossEncoderSuite,
} from "./cross-encoder-suite.js";
export {
  type DocumentCompressorSuiteOptions,
  type DocumentCompressorUnderTest,
  documentCompressorSuite,
  exampleDocuments,
} from "./document-compressor-suite.js";
export {
  type EmbeddingsSuiteOptions,
  type EmbeddingsUnderTest,
  embeddingsSuite,
} from "./embeddings-suite.js";
export { FakeEmbeddings, type FakeEmbeddingsOptions } from "./fakes/fake-embeddings.js";
export { MemoryRecords } from "./fakes/memory-records.js";
export { gate, type ToyReranker, toyLogit, toyReranker } from "./fakes/toy-reranker.js";
export { type FilteredDocuments, filterSuite } from "./filter-suite.js";
export { type FolderHub, startFolderHub } from "./folder-hub.js";
export type { FuzzTarget } from "./fuzz/fuzz-target.js";
export { fuzz } from "./fuzz.js";
export {
  type KindGolden,
  kindFolder,
  kindGolden,
  type PackedRow,
  unpacked,
} from "./kind-golden.js";
export { ModelFolders, type Variant } from "./model-folders.js";
export { type PostAnswer, post } from "./post.js";
export { randomVectors, type Shape, seededRandom } from "./random-vectors.js";
export { type Run, RunRecorder } from "./run-recorder.js";
export { safetensorsFile } from "./safetensors-file.js";
export { type Recipe, seededSafetensors } from "./seeded-safetensors.js";
export { slowLength } from "./slow-length.js";
export { type TableGolden, tableFolder, tableGolden } from "./table-folder.js";
export {
  type TextSplitterSuiteOptions,
  type TextSplitterUnderTest,
  textSplitterSuite,
} from "./text-splitter-suite.js";
export { TinyModels } from "./tiny-models.js";
export { until } from "./until.js";
export {
  type VectorIndexSuiteOptions,
  type VectorIndexUnderTest,
  vectorIndexSuite,
} from "./vector-index-suite.js";
export type { VectorStoreUnderTest } from "./vector-store/vector-store-under-test.js";
export { type VectorStoreSuiteOptions, vectorStoreSuite } from "./vector-store-suite.js";
