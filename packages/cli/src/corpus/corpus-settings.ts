/** How an index is made of a folder: what its passages and vectors follow from. */
export interface CorpusSettings {
  /** Absolute path of the folder of texts. */
  readonly corpus: string;
  /** Globs of the files. @default none: files whose endings are known to be texts */
  readonly globs: readonly string[];
  /** Globs of files to leave out. */
  readonly excluded: readonly string[];
  /** Of the files; undefined for the byte order mark's, else UTF-8. */
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

/** The settings by their flags, in the order of messages. */
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

/** What the passages of a text and their vectors follow from, apart from the text. */
const OF_PASSAGES = ["embedder", "revision", "chunkSize", "chunkOverlap"] as const;

/** Whether passages that were indexed by the one settings are those of the other. */
export function makeSamePassages(a: CorpusSettings, b: CorpusSettings): boolean {
  return OF_PASSAGES.every((name) => a[name] === b[name]);
}
