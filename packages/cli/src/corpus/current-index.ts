import { stat } from "node:fs/promises";
import { join } from "node:path";
import { raceWithSignal } from "@secondpass/core";
import type { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { CommandError } from "../errors/command-error.js";
import { CorpusIndex, type OpenOptions } from "./corpus-index.js";
import type { CorpusSettings } from "./corpus-settings.js";
import { NOTE_FILE } from "./index-note.js";
import { openEmbedder } from "./open-embedder.js";

/** An open index, with the number of its users. */
interface Opened {
  readonly index: CorpusIndex;
  /** Identifies the version of the folder's index. */
  readonly stamp: string | undefined;
  users: number;
}

/**
 * The current index of a folder. It is opened on first use, and opened again after `secondpass index` has replaced it. Running work keeps the index that it began
 * with. If the old and the new index have the same embedder, it stays loaded.
 */
export class CurrentIndex implements AsyncDisposable {
  /** All open indexes; the current one is the last. */
  readonly #opened: Opened[] = [];
  #opening: Promise<void> | undefined;
  #isDisposed = false;

  constructor(
    readonly folder: string,
    readonly options: Pick<OpenOptions, "onDownload"> = {},
  ) {}

  /**
   * Calls back with the current index. Several calls may run at a time.
   *
   * @param signal ends the wait for the index, not the work
   * @throws {CommandError} as {@link CorpusIndex.open}
   */
  async use<T>(work: (index: CorpusIndex) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const opened = await this.#take(signal);
    try {
      return await work(opened.index);
    } finally {
      opened.users--;
      await this.#freeUnused();
    }
  }

  /** Frees everything once no work uses it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    await this.#opening?.catch(() => undefined);
    await this.#freeUnused();
  }

  /** Returns the current index, and counts one more user of it. */
  async #take(signal: AbortSignal | undefined): Promise<Opened> {
    for (;;) {
      signal?.throwIfAborted();
      if (this.#isDisposed)
        throw new CommandError(`The index in ${this.folder} is closed: the program ends.`);
      const stamp = await stampOf(this.folder);
      const current = this.#opened.at(-1);
      if (current !== undefined && current.stamp === stamp) {
        current.users++;
        return current;
      }
      // Not the signal of one caller: others may wait, too.
      this.#opening ??= this.#open(stamp).finally(() => {
        this.#opening = undefined;
      });
      await raceWithSignal(this.#opening, signal);
    }
  }

  /** @param stamp read before the index is: if the index is replaced meanwhile, the next use opens it again */
  async #open(stamp: string | undefined): Promise<void> {
    const made: HuggingFaceEmbeddings[] = [];
    const embedderOf = (settings: CorpusSettings): HuggingFaceEmbeddings => {
      const { index } = this.#opened.at(-1) ?? {};
      if (index !== undefined && hasSameEmbedder(index.settings, settings)) return index.embeddings;
      const embeddings = openEmbedder(settings, this.options.onDownload);
      made.push(embeddings);
      return embeddings;
    };
    let index: CorpusIndex | undefined;
    try {
      index = await CorpusIndex.open(this.folder, { ...this.options, embedderOf });
      this.#opened.push({ index, stamp, users: 0 });
    } finally {
      await Promise.all(made.filter((each) => each !== index?.embeddings).map((each) => each.dispose()));
    }
    await this.#freeUnused();
  }

  /** Frees replaced indexes, or all at the end, and the embedders that no remaining index uses. */
  async #freeUnused(): Promise<void> {
    const current = this.#isDisposed ? undefined : this.#opened.at(-1);
    const unused = this.#opened.filter((opened) => opened.users === 0 && opened !== current);
    for (const opened of unused) this.#opened.splice(this.#opened.indexOf(opened), 1);
    for (const { index } of unused) {
      await index[Symbol.asyncDispose]();
      const isShared = this.#opened.some((other) => other.index.embeddings === index.embeddings);
      if (!isShared) await index.embeddings.dispose();
    }
  }
}

/** Identifies the version of a folder's index: each save writes its note as a new file. */
async function stampOf(folder: string): Promise<string | undefined> {
  try {
    const { ino, mtimeNs, size } = await stat(join(folder, NOTE_FILE), { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch {
    // Opening the index throws an error that says what is wrong.
    return undefined;
  }
}

function hasSameEmbedder(a: CorpusSettings, b: CorpusSettings): boolean {
  return a.embedder === b.embedder && a.revision === b.revision;
}
