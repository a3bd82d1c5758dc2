export { InvalidOptionError, SecondpassError, UnknownOptionError } from "@secondpass/core";
export { CharacterTextSplitter, type CharacterTextSplitterOptions } from "./character-text-splitter.js";
export type { ChunkLines } from "./chunks/chunk-documents.js";
export type { LocatedChunk } from "./chunks/located-chunk.js";
export { InvalidJsonError } from "./errors/invalid-json-error.js";
export { InvalidLengthError } from "./errors/invalid-length-error.js";
export { InvalidRegexError } from "./errors/invalid-regex-error.js";
export { InvalidVectorsError } from "./errors/invalid-vectors-error.js";
export { NestedHeadersError } from "./errors/nested-headers-error.js";
export { TooManyTagsError } from "./errors/too-many-tags-error.js";
export {
  ExperimentalMarkdownSyntaxTextSplitter,
  type ExperimentalMarkdownSyntaxTextSplitterOptions,
} from "./experimental-markdown-syntax-text-splitter.js";
export type { HeaderTagToSplitOn } from "./html/check-header-tags.js";
export { HTMLHeaderTextSplitter, type HTMLHeaderTextSplitterOptions } from "./html-header-text-splitter.js";
export { HTMLSectionSplitter, type HTMLSectionSplitterOptions } from "./html-section-splitter.js";
export {
  JSFrameworkTextSplitter,
  type JSFrameworkTextSplitterOptions,
} from "./js-framework-text-splitter.js";
export { LatexTextSplitter } from "./latex-text-splitter.js";
export type { LengthFunction } from "./length/length-function.js";
export type { HeaderToSplitOn } from "./markdown/markdown-section.js";
export {
  MarkdownHeaderTextSplitter,
  type MarkdownHeaderTextSplitterOptions,
} from "./markdown-header-text-splitter.js";
export { MarkdownTextSplitter } from "./markdown-text-splitter.js";
export { codePointLength } from "./python/code-point-length.js";
export { PythonCodeTextSplitter } from "./python-code-text-splitter.js";
export {
  type LanguageTextSplitterOptions,
  RecursiveCharacterTextSplitter,
  type RecursiveCharacterTextSplitterOptions,
} from "./recursive-character-text-splitter.js";
export {
  type JsonData,
  type JsonSplitOptions,
  RecursiveJsonSplitter,
  type RecursiveJsonSplitterOptions,
} from "./recursive-json-splitter.js";
export { SectionTextSplitter } from "./section-text-splitter.js";
export type { BreakpointThresholdType } from "./semantic/breakpoint-defaults.js";
export { SemanticChunker, type SemanticChunkerOptions } from "./semantic-chunker.js";
export {
  SentenceTransformersTokenTextSplitter,
  type SentenceTransformersTokenTextSplitterOptions,
} from "./sentence-transformers-token-text-splitter.js";
export type { KeepSeparator } from "./separators/keep-separator.js";
export {
  type SupportedTextSplitterLanguage,
  SupportedTextSplitterLanguages,
} from "./separators/language-separators.js";
export type { SplitOptions } from "./split-options.js";
export { TextSplitter } from "./text-splitter.js";
export type { TextSplitterOptions } from "./text-splitter-options.js";
export { TokenTextSplitter, type TokenTextSplitterOptions } from "./token-text-splitter.js";
export type { TokenCounter } from "./tokens/token-counter.js";
export type { EncodedText, TokenEncoder } from "./tokens/token-encoder.js";
