/** Our engine and MiniSearch, as programs that answer one JSON line with one: see run.mjs. */
import { createReadStream, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { BM25Retriever } from "@secondpass/retrievers-hybrid";
import MiniSearch from "minisearch";
import { memoryFigures } from "../support/memory-figures.mjs";

const bySpaces = Object.assign((text) => text.split(" "), { analyzerId: "spaces" });

const ours = (analyzer) => ({
  async build(texts, place) {
    const documents = texts.map((pageContent, id) => ({ id: String(id), pageContent, metadata: {} }));
    const begun = performance.now();
    const retriever = await BM25Retriever.fromDocuments(documents, { analyzer });
    const buildMs = performance.now() - begun;
    await retriever.save(place);
    return buildMs;
  },
  async load(place) {
    const retriever = await BM25Retriever.load(place, { analyzer });
    return async (question, k) =>
      (await retriever.searchWithScore(question, { k })).map(([{ id }, score]) => [Number(id), score]);
  },
});

const miniSearchOptions = {
  fields: ["text"],
  tokenize: bySpaces,
  processTerm: (term) => term,
  searchOptions: { bm25: { k: 1.2, b: 0.75, d: 0 } },
};

const engines = {
  ours: ours(bySpaces),
  "ours (English)": ours({}),
  MiniSearch: {
    async build(texts, place) {
      const index = new MiniSearch(miniSearchOptions);
      const begun = performance.now();
      for (const [id, text] of texts.entries()) index.add({ id, text });
      const buildMs = performance.now() - begun;
      writeFileSync(join(place, "index.json"), JSON.stringify(index));
      return buildMs;
    },
    async load(place) {
      const index = MiniSearch.loadJSON(readFileSync(join(place, "index.json"), "utf8"), miniSearchOptions);
      return async (question, k) =>
        index
          .search(question)
          .slice(0, k)
          .map(({ id, score }) => [id, score]);
    },
  },
};

/** The lines of a file that may be longer than a string can be. */
async function linesOf(file) {
  const lines = [];
  for await (const line of createInterface({ input: createReadStream(file, "latin1") })) lines.push(line);
  return lines;
}

let search;

async function answer({ engine, build, place, load, questions, k }) {
  if (build !== undefined) {
    const texts = await linesOf(build);
    const buildMs = await engines[engine].build(texts, place);
    const bytes = readdirSync(place).reduce((sum, name) => sum + statSync(join(place, name)).size, 0);
    return { buildMs, bytes, ...memoryFigures() };
  }
  if (load !== undefined) {
    const begun = performance.now();
    search = await engines[engine].load(load);
    return { loadMs: performance.now() - begun };
  }
  if (questions === undefined) {
    globalThis.gc?.();
    return memoryFigures();
  }
  const [times, found] = [[], []];
  for (const question of questions) {
    const begun = performance.now();
    const best = await search(question, k);
    times.push(performance.now() - begun);
    found.push({ ids: best.map(([id]) => id), scores: best.map(([, score]) => score) });
  }
  return { times, found };
}

for await (const line of createInterface({ input: process.stdin })) {
  const body = JSON.parse(line);
  const answered = await answer(body).catch((error) => ({ error: String(error.message) }));
  process.stdout.write(`${JSON.stringify(answered)}\n`);
}
