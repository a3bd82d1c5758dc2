import { stat } from "node:fs/promises";
import { join } from "node:path";
import { raceWithSignal } from "@secondpass/core";
import type { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { CommandError } from "../errors/command-error.js";
import { CorpusIndex, type OpenOptions } from "./corpus-index.js";
import type { CorpusSettings } from "./corpus-settings.js";
import { NOTE_FILE } from "./index-note.js";
import { openEmbedder } from "./open-embedder.js";

/** An index that is open, and those who work with it. */
interface Opened {
  readonly index: CorpusIndex;
  /** Which of the folder's indexes it is. */
  readonly stamp: string | undefined;
  users: number;
}

/**
 * The index of a folder as it is now: opened when it is first used, and opened again once `secondpass index` has replaced it. Work that goes on keeps the index that
 * it began with. An embedder that both have is kept.
 */
export class CurrentIndex implements AsyncDisposable {
  /** All that are open; the current one is the last. */
  readonly #opened: Opened[] = [];
  #opening: Promise<void> | undefined;
  #isDisposed = false;

  constructor(
    readonly folder: string,
    readonly options: Pick<OpenOptions, "onDownload"> = {},
  ) {}

  /**
   * Works with the index. Others may at the same time.
   *
   * @param signal ends the wait for the index; the work ends itself
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

  /** Frees everything once nobody works with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    await this.#opening?.catch(() => undefined);
    await this.#freeUnused();
  }

  /** The current index, with one more user. */
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

  /** @param stamp from before the index is read: if it is replaced meanwhile, it is opened once more */
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

  /** Frees indexes that were replaced, or all at the end, and the embedders that no other has. */
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

/** Which index a folder has: its note is written anew with each, as a new file. */
async function stampOf(folder: string): Promise<string | undefined> {
  try {
    const { ino, mtimeNs, size } = await stat(join(folder, NOTE_FILE), { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch {
    // Opening says what is wrong.
    return undefined;
  }
}

function hasSameEmbedder(a: CorpusSettings, b: CorpusSettings): boolean {
  return a.embedder === b.embedder && a.revision === b.revision;
}
