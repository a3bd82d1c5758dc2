import { join, relative, sep } from "node:path";
import { DirectoryLoader, TextLoader } from "@secondpass/document-loaders";
import type { CorpusSettings } from "./corpus-settings.js";
import { TEXT_ENDINGS } from "./file-kind.js";
import { type FileProblem, fileProblem } from "./file-problem.js";
import { type FileText, textHash } from "./passage-splitter.js";

/** Installed packages are not the user's texts. */
const NEVER_INDEXED = ["node_modules/**"];

/** A file found by a scan. */
export interface ScannedFile {
  readonly hash: string;
  /** UTF-16 units. */
  readonly length: number;
}

/** The files of a corpus, and those that could not be read. */
export interface CorpusScan {
  /** By path in the folder, in the order of paths. */
  readonly files: ReadonlyMap<string, ScannedFile>;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads all files of a corpus once, and hashes their texts.
 *
 * @param without absolute path of a folder in it to leave out: the index
 * @throws {FileReadError} if the folder itself cannot be listed
 */
export async function scanCorpus(
  settings: CorpusSettings,
  { without, signal, onFile }: { without?: string; signal?: AbortSignal; onFile?: (files: number) => void },
): Promise<CorpusScan> {
  const { corpus, globs, excluded, encoding } = settings;
  const problems: FileProblem[] = [];
  const files = new Map<string, ScannedFile>();
  const isSkipped = (path: string) => without !== undefined && path.startsWith(without + sep);
  const loader = new DirectoryLoader(corpus, {
    ...(globs.length > 0 ? { glob: globs } : { extensions: TEXT_ENDINGS }),
    exclude: [...excluded, ...NEVER_INDEXED],
    encoding,
    universalNewlines: false,
    onError: (error, path) => {
      if (!isSkipped(path)) problems.push(fileProblem(sourceOf(corpus, path), error));
    },
  });
  for await (const { pageContent, metadata } of loader.lazyLoad()) {
    signal?.throwIfAborted();
    const path = metadata.source as string;
    if (isSkipped(path)) continue;
    files.set(sourceOf(corpus, path), { hash: textHash(pageContent), length: pageContent.length });
    onFile?.(files.size);
  }
  return { files, problems };
}

/** Reads a file of a corpus. @throws what TextLoader throws */
export async function readSource({ corpus, encoding }: CorpusSettings, source: string): Promise<FileText> {
  const [document] = await new TextLoader(join(corpus, source), {
    encoding,
    universalNewlines: false,
  }).load();
  return { source, text: document!.pageContent };
}

function sourceOf(corpus: string, path: string): string {
  return relative(corpus, path).split(sep).join("/");
}
