import type { HybridMode } from "@secondpass/retrievers-hybrid/store";
import type { PresetName } from "./presets.js";

/** The options of the command line. */
export interface DemoOptions {
  readonly query: string;
  readonly files: readonly string[];
  readonly directory: string | undefined;
  /** Encoding of the files. If not set, by the byte order mark, else UTF-8. */
  readonly encoding: string | undefined;
  /** Longest chunk in characters (code points). */
  readonly chunkSize: number;
  readonly chunkOverlap: number;
  /** How the first pass searches: by words and meaning, or by one of them. */
  readonly mode: HybridMode;
  /** Candidates of the first pass. */
  readonly k: number;
  /** Whether a cross-encoder reads the candidates. */
  readonly rerank: boolean;
  /** Documents that the second pass keeps. */
  readonly topN: number;
  readonly preset: PresetName;
  /** A remark on the preset for readers of the answer. */
  readonly note: string | undefined;
  /** Hub id or folder. */
  readonly embeddings: string;
  readonly reranker: string;
  /** Name of a SageMaker endpoint that scores instead of a local reranker. */
  readonly sagemaker: string | undefined;
  /** Folder in which the index is saved and from which it is loaded again. */
  readonly index: string | undefined;
  /** Whether the index may replace other files of that folder. */
  readonly force: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
}
