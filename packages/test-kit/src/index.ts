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
export { type Run, RunRecorder } from "./run-recorder.js";
