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
export { FakeEmbeddings, type FakeEmbeddingsOptions } from "./fake-embeddings.js";
export { type Run, RunRecorder } from "./run-recorder.js";
export {
  type VectorStoreSuiteOptions,
  type VectorStoreUnderTest,
  vectorStoreSuite,
} from "./vector-store-suite.js";
