export { CharacterTextSplitter, type CharacterTextSplitterOptions } from "./character-text-splitter.js";
export type { ChunkLines } from "./chunk-documents.js";
export { InvalidLengthError } from "./errors/invalid-length-error.js";
export { InvalidOptionError } from "./errors/invalid-option-error.js";
export { InvalidRegexError } from "./errors/invalid-regex-error.js";
export { SecondpassError } from "./errors/secondpass-error.js";
export { LatexTextSplitter } from "./latex-text-splitter.js";
export type { LengthFunction } from "./length-meter.js";
export type { LocatedChunk } from "./located-chunk.js";
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
  SentenceTransformersTokenTextSplitter,
  type SentenceTransformersTokenTextSplitterOptions,
} from "./sentence-transformers-token-text-splitter.js";
export {
  type SupportedTextSplitterLanguage,
  SupportedTextSplitterLanguages,
} from "./separators/language-separators.js";
export type { KeepSeparator } from "./separators/separator.js";
export { TextSplitter } from "./text-splitter.js";
export type { TextSplitterOptions } from "./text-splitter-options.js";
export { TokenTextSplitter, type TokenTextSplitterOptions } from "./token-text-splitter.js";
export type { EncodedText, TokenCounter, TokenEncoder } from "./tokens/tokenizer.js";
