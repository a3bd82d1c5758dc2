import type { BaseCrossEncoder } from "@secondpass/cross-encoders";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { loadCorpus } from "./load-corpus.js";
import type { DemoOptions } from "./options.js";
import { firstPass, indexChunks, secondPass, splitDocuments } from "./pipeline.js";
import { PRESETS } from "./presets.js";
import type { ProgressBars } from "./progress-bars.js";
import type { DemoResult } from "./report.js";
import { savedIndex } from "./saved-index.js";
import { Timings } from "./timings.js";

/** Runs the pipeline once, from files to the best passages. */
export async function runDemo(options: DemoOptions, bars: ProgressBars): Promise<DemoResult> {
  const preset = PRESETS[options.preset];
  const query = options.query ?? preset.query;
  const timings = new Timings();
  await using embeddings = new HuggingFaceEmbeddings({
    model: options.embeddings ?? preset.embeddings,
    onProgress: bars.model,
  });
  await using crossEncoder = await openCrossEncoder(options, bars);

  const documents = await timings.measure("load", () => loadCorpus(options));
  const chunks = await timings.measure("split", () =>
    splitDocuments(documents, options.chunkSize, options.chunkOverlap),
  );
  const build = () =>
    indexChunks(chunks, embeddings, ({ step, done, total }) => {
      if (step === "embed") bars.show("embedding", done, total);
    });
  const { store } = await timings.measure("index", async () =>
    options.index === undefined
      ? { store: await build() }
      : savedIndex(options.index, chunks, embeddings.model, embeddings, build),
  );
  const candidates = await timings.measure("first pass", () => firstPass(store, options.k).invoke(query));
  const best = await timings.measure("both passes", () =>
    secondPass(store, crossEncoder, options.k, options.topN).invoke(query),
  );
  return { query, documents: documents.length, chunks: chunks.length, candidates, best, timings };
}

/** A cross-encoder on this machine, or on the SageMaker endpoint asked for. */
async function openCrossEncoder(
  { sagemaker, reranker, preset }: DemoOptions,
  bars: ProgressBars,
): Promise<BaseCrossEncoder & AsyncDisposable> {
  if (sagemaker !== undefined) {
    // Loaded only here: who scores locally needs no AWS SDK.
    const { SagemakerEndpointCrossEncoder } = await import("@secondpass/cross-encoders/sagemaker");
    const remote = new SagemakerEndpointCrossEncoder({ endpointName: sagemaker });
    return Object.assign(remote, { [Symbol.asyncDispose]: async () => {} });
  }
  return new HuggingFaceCrossEncoder({
    model: reranker ?? PRESETS[preset].reranker,
    onProgress: bars.model,
    onScored: (done, total) => bars.show("reranking", done, total),
  });
}
