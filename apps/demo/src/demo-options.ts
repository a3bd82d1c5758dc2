import type { HybridMode } from "@secondpass/retrievers-hybrid/store";
import type { PresetName } from "./presets.js";

/** What the command line asks for. */
export interface DemoOptions {
  readonly query: string;
  readonly files: readonly string[];
  readonly directory: string | undefined;
  /** Of the files; by the byte order mark or UTF-8 where not given. */
  readonly encoding: string | undefined;
  /** Characters (code points). */
  readonly chunkSize: number;
  readonly chunkOverlap: number;
  /** What the first pass searches by: words and meaning, or one of them. */
  readonly mode: HybridMode;
  /** Candidates of the first pass. */
  readonly k: number;
  /** Whether a cross-encoder reads the candidates. */
  readonly rerank: boolean;
  /** Documents that the second pass keeps. */
  readonly topN: number;
  readonly preset: PresetName;
  /** What a reader of the answer should know about the preset. */
  readonly note: string | undefined;
  /** Hub id or folder. */
  readonly embeddings: string;
  readonly reranker: string;
  /** Name of a SageMaker endpoint that scores instead of a local reranker. */
  readonly sagemaker: string | undefined;
  /** Folder where the index is saved and found again. */
  readonly index: string | undefined;
  /** Whether `index` may replace what is in that folder. */
  readonly force: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
}
