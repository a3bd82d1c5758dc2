import { findUnknownText } from "@secondpass/core";
import type { World } from "../contract/world.js";
import { modelError } from "../corpus/model-error.js";
import { openReranker } from "../corpus/open-reranker.js";
import { readQuestion } from "../options/read-question.js";
import { DownloadProgress } from "../terminal/download-progress.js";
import { interruptible } from "../terminal/interruptible.js";
import { unknownTextWarning } from "../terminal/unknown-text-warning.js";
import { BestLines, type ScoredLine } from "./best-lines.js";
import { lineText } from "./line-text.js";
import { readLines } from "./read-lines.js";

/** Lines in one call of the model. The first are scored before all lines are read. */
const BATCH = 256;
/** UTF-16 units of the first lines that are checked for a script that the model does not know. */
const SAMPLE = 1000;

/** The values of the options of `rerank`. */
export interface RerankValues {
  readonly model: string;
  readonly "top-n": number | undefined;
  readonly scores: boolean;
  readonly field: string | undefined;
  readonly null: boolean;
  readonly json: boolean;
}

/** A line to score. */
type ReadLine = Omit<ScoredLine, "score">;

/** Reads lines and writes them, best first. @returns the exit code */
export async function runRerank(
  values: RerankValues,
  operands: readonly string[],
  world: World,
): Promise<number> {
  const query = readQuestion(operands, "QUERY");
  const { stdin, stdout, stderr } = world;
  if (stdin?.isTTY) stderr.write("Reading lines from the terminal; Ctrl-D ends them.\n");
  const downloads = new DownloadProgress(stderr);
  return interruptible(world, async (signal) => {
    await using model = openReranker(values.model, { onDownload: downloads.show });
    let best: BestLines | undefined;
    try {
      for await (const batch of batches(stdin ?? noLines(), values)) {
        const texts = batch.map(({ text }) => text);
        best ??= new BestLines(
          values["top-n"] ?? Number.POSITIVE_INFINITY,
          await isLanguageUnknown([query, texts.join("\n").slice(0, SAMPLE)], signal),
        );
        const pairs = texts.map((text) => [query, text] as const);
        const scores = await model.score(pairs, { signal });
        best.add(batch.map((line, i) => ({ ...line, score: scores[i] as number })));
        signal.throwIfAborted();
      }
    } catch (error) {
      throw modelError(error, "--model");
    } finally {
      downloads.clear();
    }
    for (const [i, line] of (best?.best() ?? []).entries()) write(line, i);
    return 0;

    /** Whether the model does not know the language of a sample, so that its scores would mean nothing. */
    async function isLanguageUnknown(samples: readonly string[], signal: AbortSignal): Promise<boolean> {
      for (const sample of samples) {
        const report = await findUnknownText(model, sample, {
          recommended: "BAAI/bge-reranker-v2-m3",
          signal,
        });
        if (report === undefined) continue;
        unknownTextWarning(stderr)("The lines keep their order.", "--model")(report);
        return true;
      }
      return false;
    }
  });

  function write({ line, index, score, text }: ScoredLine, place: number): void {
    const { json, scores, field } = values;
    if (json) {
      const content = field === undefined ? { text } : { document: JSON.parse(line.toString()) as unknown };
      stdout.write(`${JSON.stringify({ place: place + 1, index, score, ...content })}\n`);
      return;
    }
    if (scores) stdout.write(`${score}\t`);
    stdout.write(Buffer.concat([line, Buffer.from(values.null ? "\0" : "\n")]));
  }
}

/** Yields lines in batches, read as they are needed. Skips blank lines between JSON lines. */
async function* batches(
  input: AsyncIterable<Uint8Array | string>,
  { field, null: isNull }: RerankValues,
): AsyncGenerator<ReadLine[]> {
  let batch: ReadLine[] = [];
  let index = 0;
  for await (const line of readLines(input, isNull ? 0 : 10)) {
    const place = index++;
    if (field !== undefined && line.toString("latin1").trim() === "") continue;
    batch.push({ line, index: place, text: lineText(line, place, field) });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* noLines(): AsyncGenerator<Uint8Array> {}
