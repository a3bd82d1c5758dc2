/** Settings that determine an index of a folder: its files, passages and vectors. */
export interface CorpusSettings {
  /** Absolute path of the folder of texts. */
  readonly corpus: string;
  /** Globs of the files. @default none: files whose endings are known to be texts */
  readonly globs: readonly string[];
  /** Globs of files to leave out. */
  readonly excluded: readonly string[];
  /** Encoding of the files; undefined for that of the byte order mark, else UTF-8. */
  readonly encoding: string | undefined;
  /** `"mini-embedder"`, a hub id or the absolute path of a folder. */
  readonly embedder: string;
  /** Branch, tag or commit of the embedder on the hub. */
  readonly revision: string | undefined;
  /** Longest passage in characters (code points). */
  readonly chunkSize: number;
  /** Characters that neighbouring passages may share. */
  readonly chunkOverlap: number;
}

/** Names of the settings for messages, in the order in which messages list them. */
export const SETTING_FLAGS = {
  corpus: "the folder",
  embedder: "--embedder",
  revision: "--revision",
  chunkSize: "--chunk-size",
  chunkOverlap: "--chunk-overlap",
  globs: "--glob",
  excluded: "--exclude",
  encoding: "--encoding",
} as const satisfies Readonly<Record<keyof CorpusSettings, string>>;

/** Settings that determine the passages of a text and their vectors. */
const OF_PASSAGES = ["embedder", "revision", "chunkSize", "chunkOverlap"] as const;

/** Whether both settings split and embed a text into the same passages and vectors. */
export function makeSamePassages(a: CorpusSettings, b: CorpusSettings): boolean {
  return OF_PASSAGES.every((name) => a[name] === b[name]);
}
