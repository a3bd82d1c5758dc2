import { join } from "node:path";
import type { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { CommandError } from "../errors/command-error.js";
import type { CorpusSettings } from "./corpus-settings.js";
import { indexError } from "./index-error.js";
import { readNote } from "./index-note.js";
import type { ModelProgress } from "./model-progress.js";
import { openEmbedder } from "./open-embedder.js";

export interface OpenOptions {
  /** Whether questions will be compared by meaning. If not, the embedder is not checked. @default true */
  readonly usesVectors?: boolean;
  readonly onDownload?: ModelProgress;
  /** Returns the embedder of the settings; whoever passes this frees it. @default an embedder is opened, and freed with the index */
  readonly embedderOf?: (settings: CorpusSettings) => HuggingFaceEmbeddings;
  readonly signal?: AbortSignal;
}

/** A saved index, open for searches. */
export class CorpusIndex implements AsyncDisposable {
  private constructor(
    /** Folder of the index. */
    readonly folder: string,
    readonly settings: CorpusSettings,
    readonly store: HybridStore,
    readonly embeddings: HuggingFaceEmbeddings,
    readonly ownsEmbeddings: boolean,
  ) {}

  /** @throws {CommandError} if the folder has no index, or it is damaged or was made by another version of its embedder */
  static async open(folder: string, options: OpenOptions = {}): Promise<CorpusIndex> {
    for (let attempt = 1; ; attempt++) {
      const note = await readNote(folder);
      if (note === undefined) {
        throw new CommandError(
          `There is no index in ${folder}. Make one with: secondpass index DIR --index ${folder}; or name another folder with --index.`,
        );
      }
      const { settings } = note;
      const { onDownload, usesVectors = true, embedderOf, signal } = options;
      const embeddings = embedderOf?.(settings) ?? openEmbedder(settings, onDownload);
      const ownsEmbeddings = embedderOf === undefined;
      try {
        const store = await HybridStore.load(join(folder, note.store), embeddings, {
          ...(!usesVectors && { embeddingMismatch: "allow" }),
          ...(signal && { signal }),
        });
        return new CorpusIndex(folder, settings, store, embeddings, ownsEmbeddings);
      } catch (error) {
        if (ownsEmbeddings) await embeddings.dispose();
        signal?.throwIfAborted();
        // `index --force` may have replaced the store meanwhile.
        const now = attempt < 3 ? await readNote(folder).catch(() => undefined) : undefined;
        if (now !== undefined && now.store !== note.store) continue;
        throw indexError(error, folder, settings);
      }
    }
  }

  /** Absolute path of a file of the corpus. */
  pathOf(source: string): string {
    return join(this.settings.corpus, source);
  }

  /** Frees memory, and the embedder if it is the index's own. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.store.dispose();
    if (this.ownsEmbeddings) await this.embeddings.dispose();
  }
}
