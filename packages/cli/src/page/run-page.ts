import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { fileErrorAdvice } from "@secondpass/core/node";
import { ModelCache } from "@secondpass/hf-runtime";
import type { World } from "../contract/world.js";
import { checkCorpus } from "../corpus/check-corpus.js";
import type { CorpusSettings } from "../corpus/corpus-settings.js";
import { readNote } from "../corpus/index-note.js";
import { IndexWriter } from "../corpus/index-writer.js";
import { openEmbedder } from "../corpus/open-embedder.js";
import { stackOf } from "../errors/stack-of.js";
import { UsageError } from "../errors/usage-error.js";
import { UpdateLine } from "../indexing/update-line.js";
import { DownloadProgress } from "../terminal/download-progress.js";
import { interruptible } from "../terminal/interruptible.js";
import { shownPath } from "../terminal/shown-path.js";
import { answerQuestion } from "./answer-question.js";
import { CurrentCollection } from "./current-collection.js";
import type { DroppedCollection } from "./dropped-collection.js";
import { Library } from "./library.js";
import { openBrowser } from "./open-browser.js";
import { readPageQuestion } from "./page-question.js";
import { rerankerNames } from "./reranker-names.js";
import { Rerankers } from "./rerankers.js";
import { startPage } from "./start-page.js";
import { Uploads } from "./uploads.js";

/** The values of the options of `ui`. */
export interface PageValues {
  readonly index: string;
  readonly port: number | undefined;
  readonly open: boolean;
  readonly model: string;
  readonly offer: readonly string[];
}

/** How often unused things are removed, in ms. */
const SWEEP_MS = 60_000;
/** Settings of new indexes. An existing index keeps its own. */
const SETTINGS = { embedder: "mini-embedder", revision: undefined, chunkSize: 500, chunkOverlap: 100 };

/** Serves the page until Ctrl-C. @returns the exit code */
export async function runPage(
  values: PageValues,
  operands: readonly string[],
  world: World,
): Promise<number> {
  const { stdout, stderr } = world;
  const folder = await folderOf(operands);
  const downloads = new DownloadProgress(stderr);
  return interruptible(world, async (signal) => {
    await using library = new Library();
    const note = await readNote(values.index);
    await using uploads = new Uploads(note?.settings ?? SETTINGS, downloads.show);
    const names = await rerankerNames([values.model, ...values.offer], new ModelCache());
    await using rerankers = new Rerankers(names, downloads.show);
    if (folder !== undefined) await update(folder, values.index, world, signal);
    if (folder === undefined && operands.length > 0) {
      library.add(await indexFiles(operands, uploads, signal));
    } else {
      const index = new CurrentCollection(values.index, downloads.show);
      library.add(index);
      await index.facts(signal);
    }
    const onFailure = (error: unknown) => void stderr.write(`${stackOf(error)}\n`);
    const server = await startPage({ library, rerankers, uploads }, { port: values.port, onFailure });
    const sweeps = setInterval(() => {
      library.sweep();
      void uploads.sweep().catch(onFailure);
    }, SWEEP_MS);
    try {
      stdout.write(`The page is at ${server.url}/#token=${server.token}\nCtrl-C ends it.\n`);
      const { collections } = await library.facts(signal);
      if (collections.length === 0) {
        stderr.write(
          `There is no index in ${values.index}. Drop files on the page; or index a folder: secondpass ui docs\n`,
        );
      }
      if (values.open && stdout.isTTY) openBrowser(`${server.url}/#token=${server.ticket()}`);
      await warmUp({ library, rerankers }, collections[0]?.id, signal).catch((error: unknown) => {
        // The page shows the error at the first question.
        if (!signal.aborted) stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      });
      downloads.clear();
      if (!signal.aborted) await once(signal, "abort");
      return 0;
    } catch (error) {
      // Ctrl-C is the normal end, and so not an error.
      if (signal.aborted) return 0;
      throw error;
    } finally {
      clearInterval(sweeps);
      await server.close();
    }
  });
}

/** Returns the folder to index, if one is named. @throws {UsageError} if a path cannot be read, or there are several folders */
async function folderOf(operands: readonly string[]): Promise<string | undefined> {
  for (const path of operands) {
    const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`Expected a folder or files to search, got ${path}: ${fileErrorAdvice(error)}`);
    });
    if (!entry.isDirectory()) continue;
    if (operands.length === 1) return path;
    throw new UsageError(`Expected one folder, or files, got ${operands.join(" ")}.`);
  }
  return undefined;
}

/** Makes the index of a folder, or brings it up to date. */
async function update(given: string, folder: string, world: World, signal: AbortSignal): Promise<void> {
  const corpus = resolve(given);
  const note = await readNote(folder);
  // An existing index of the folder keeps its settings.
  const settings: CorpusSettings =
    note?.settings.corpus === corpus
      ? note.settings
      : { ...SETTINGS, corpus, globs: [], excluded: [], encoding: undefined };
  await checkCorpus(settings, given);
  const line = new UpdateLine(world.stderr);
  const downloads = new DownloadProgress(world.stderr);
  await using embeddings = openEmbedder(settings, downloads.show);
  await IndexWriter.use({ folder, settings, embeddings, signal }, async (writer) => {
    try {
      const report = await writer.update({ signal, onProgress: (progress) => line.show(progress) });
      line.clear();
      for (const { source, reason } of report.problems) world.stderr.write(`${source}: ${reason}\n`);
    } finally {
      downloads.clear();
      line.clear();
      writer.dispose();
    }
  });
}

/** Indexes the named files as if they were dropped on the page. */
async function indexFiles(
  paths: readonly string[],
  uploads: Uploads,
  signal: AbortSignal,
): Promise<DroppedCollection> {
  const id = await uploads.begin();
  const taken = new Set<string>();
  for (const path of paths) {
    let name = basename(path);
    while (taken.has(name)) name = `other/${name}`;
    taken.add(name);
    await uploads.add(id, name, (await stat(path)).size, () => readFile(path));
  }
  const name = paths.map((path) => basename(shownPath(path))).join(", ");
  const options = { name, isTemporary: false, globs: ["**/*"], signal };
  return (await uploads.index(id, options)).collection;
}

/** Loads the models, so that the first question does not wait for them. */
async function warmUp(
  parts: { readonly library: Library; readonly rerankers: Rerankers },
  collection: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (collection === undefined) return;
  await answerQuestion(parts, readPageQuestion({ collection, question: "warm up", k: 1 }), signal);
}
