import type { World } from "../contract/world.js";
import { CorpusIndex } from "../corpus/corpus-index.js";
import { openReranker } from "../corpus/open-reranker.js";
import { searchCorpus } from "../corpus/search-corpus.js";
import { UsageError } from "../errors/usage-error.js";
import { readQuestion } from "../options/read-question.js";
import { DownloadProgress } from "../terminal/download-progress.js";
import { interruptible } from "../terminal/interruptible.js";
import { styleOf } from "../terminal/style.js";
import { unknownTextWarning } from "../terminal/unknown-text-warning.js";
import { searchAsJson } from "./search-as-json.js";
import { searchAsText } from "./search-as-text.js";

/** The values of the options of `search`. */
export interface SearchValues {
  readonly index: string;
  readonly k: number;
  readonly "top-n": number;
  readonly threshold: number | undefined;
  readonly blend: number | undefined;
  readonly dense: boolean;
  readonly lexical: boolean;
  readonly rerank: boolean;
  readonly model: string;
  readonly sentences: number | undefined;
  readonly json: boolean;
}

/** Searches an index and writes what was found. @returns the exit code */
export async function runSearch(
  values: SearchValues,
  operands: readonly string[],
  world: World,
): Promise<number> {
  const question = readQuestion(operands);
  const { dense, lexical, rerank, threshold, blend, sentences, index: folder, json } = values;
  if (dense && lexical) throw new UsageError("Expected --dense or --lexical, got both.");
  const { stdout, stderr, env } = world;
  const downloads = new DownloadProgress(stderr);
  const onDownload = downloads.show;
  const warning = unknownTextWarning(stderr);
  const warnings = {
    first: warning("Words alone found the candidates.", "--embedder of `secondpass index`"),
    second: warning("The order of the first pass was kept.", "--model"),
  };
  return interruptible(world, async (signal) => {
    await using index = await CorpusIndex.open(folder, {
      usesVectors: !lexical,
      onDownload,
      signal,
    });
    await using reranker = rerank ? openReranker(values.model, { onDownload }) : undefined;
    const answer = await searchCorpus(index, {
      question,
      mode: dense ? "dense" : lexical ? "lexical" : "hybrid",
      k: Math.max(values.k, values["top-n"]),
      topN: values["top-n"],
      sentences: sentences ?? 1,
      signal,
      onUnknownText: (report, pass) => warnings[pass](report),
      ...(threshold !== undefined && { threshold }),
      ...(blend !== undefined && { blend }),
      ...(reranker && { reranker }),
    }).finally(() => downloads.clear());
    if (json) stdout.write(searchAsJson(answer));
    else if (answer.passages.length === 0) stderr.write("Nothing was found.\n");
    else
      stdout.write(
        searchAsText(answer, {
          style: styleOf(stdout, env),
          columns: stdout.isTTY ? (stdout.columns ?? 80) : undefined,
        }),
      );
    return 0;
  });
}
