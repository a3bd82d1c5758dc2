import { resolve } from "node:path";
import type { World } from "../contract/world.js";
import { checkCorpus } from "../corpus/check-corpus.js";
import type { CorpusSettings } from "../corpus/corpus-settings.js";
import { IndexWriter } from "../corpus/index-writer.js";
import { lastingModelName } from "../corpus/model-path.js";
import { openEmbedder } from "../corpus/open-embedder.js";
import { UsageError } from "../errors/usage-error.js";
import { DownloadProgress } from "../terminal/download-progress.js";
import { interruptible } from "../terminal/interruptible.js";
import { reportUpdate } from "./report-update.js";
import { UpdateLine } from "./update-line.js";
import { watchCorpus } from "./watch-corpus.js";

/** The values of the options of `index`. */
export interface IndexValues {
  readonly index: string;
  readonly glob: readonly string[];
  readonly exclude: readonly string[];
  readonly encoding: string | undefined;
  readonly embedder: string;
  readonly revision: string | undefined;
  readonly "chunk-size": number;
  readonly "chunk-overlap": number | undefined;
  readonly watch: boolean;
  readonly force: boolean;
  readonly json: boolean;
}

/** Indexes a folder once, or again and again. @returns the exit code: 1 if a file could not be read */
export async function runIndex(
  values: IndexValues,
  operands: readonly string[],
  world: World,
): Promise<number> {
  const [directory, ...others] = operands;
  if (directory === undefined || others.length > 0) {
    throw new UsageError(
      `Expected one folder to index, got ${operands.length === 0 ? "none" : operands.join(" ")}.`,
    );
  }
  const settings = await readSettings(values, directory);
  await checkCorpus(settings, directory);
  const { index: folder, force, watch, json } = values;
  const downloads = new DownloadProgress(world.stderr);
  const line = new UpdateLine(world.stderr);
  return interruptible(world, async (signal) => {
    await using embeddings = openEmbedder(settings, downloads.show);
    return await IndexWriter.use({ folder, settings, embeddings, force, signal }, async (writer) => {
      const update = async () => {
        try {
          const report = await writer.update({ signal, onProgress: (progress) => line.show(progress) });
          line.clear();
          return report;
        } finally {
          downloads.clear();
          line.clear();
        }
      };
      try {
        const first = await update();
        reportUpdate(first, { folder, json }, world);
        if (!watch) return first.problems.length > 0 ? 1 : 0;
        await watchCorpus(settings.corpus, {
          without: resolve(folder),
          signal,
          onReady: () => world.stderr.write(`Watching ${settings.corpus}. Ctrl-C ends it.\n`),
          onChange: async () => {
            const report = await update();
            const isChanged = report.added + report.changed + report.removed > 0;
            if (isChanged) reportUpdate(report, { folder, json }, world);
          },
          onProblem: ({ message }) => world.stderr.write(`${message}\n`),
        });
        return 0;
      } finally {
        writer.dispose();
      }
    });
  });
}

async function readSettings(values: IndexValues, directory: string): Promise<CorpusSettings> {
  const { glob, exclude, encoding, embedder, revision, "chunk-size": chunkSize } = values;
  return {
    corpus: resolve(directory),
    globs: glob,
    excluded: exclude,
    encoding,
    embedder: await lastingModelName(embedder),
    revision,
    chunkSize,
    chunkOverlap: values["chunk-overlap"] ?? Math.min(100, Math.floor(chunkSize / 5)),
  };
}
