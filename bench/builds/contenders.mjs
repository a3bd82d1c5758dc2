import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** This checkout and another one as contenders for the same jobs: a job is `{ kind, … }`, the result is numbers on which both have to agree. */
export const contenders = { before: build("before"), after: build("after") };

function build(name) {
  return {
    async load({ roots, reranker, encoder, threads }) {
      const entry = (path) => import(pathToFileURL(join(roots[name], path, "dist/index.js")).href);
      const { loadCrossEncoder, loadEncoder } = await entry("packages/hf-runtime");
      const { RecursiveCharacterTextSplitter } = await entry("packages/text-splitters");
      const { FaissStore } = await entry("packages/vectorstore-faiss");
      const crossEncoders = {
        fp32: await loadCrossEncoder({ model: reranker, threads }),
        int8: await loadCrossEncoder({ model: reranker, dtype: "int8", threads }),
      };
      const model = await loadEncoder({ model: encoder, threads });
      const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 1000, chunkOverlap: 100 });
      const folder = mkdtempSync(join(tmpdir(), "bench-builds-"));
      process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
      const store = await madeUpStore(FaissStore);

      const kinds = {
        async rerank({ dtype, query, texts }) {
          const logits = await crossEncoders[dtype].logits(texts.map((text) => [query, text]));
          return logits.map(([logit]) => logit);
        },
        async embed({ texts }) {
          return (await model.embed(texts)).map(([first]) => first);
        },
        async "count tokens"({ texts }) {
          return texts.map((text) => model.countTokens(text));
        },
        async split({ text }) {
          return [(await splitter.splitText(text)).length];
        },
        async search({ times, filter }) {
          let found;
          for (let i = 0; i < times; i++) {
            found = await store.similaritySearchVectorWithScore(vectorOf(i), 10, filter);
          }
          return found.map(([, score]) => score);
        },
        async "save and load"({ layout }) {
          const target = join(folder, layout);
          if (layout === "python") await store.saveForPython(target);
          else await store.save(target);
          const loaded = await FaissStore[layout === "python" ? "loadFromPython" : "load"](
            target,
            NO_EMBEDDINGS,
          );
          const found = await loaded.similaritySearchVectorWithScore(vectorOf(1), 3);
          return found.map(([, score]) => score);
        },
      };
      return { ways: { run: (job) => kinds[job.kind](job) } };
    },
  };
}

const ROWS = 20_000;
const WIDTH = 384;

/** A vector that is the same in both builds. */
function vectorOf(seed) {
  return Array.from({ length: WIDTH }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233));
}

/** The jobs pass vectors; nothing is embedded. */
const NO_EMBEDDINGS = {
  embedQuery: () => Promise.reject(new Error("no text is embedded here")),
  embedDocuments: () => Promise.reject(new Error("no text is embedded here")),
};

async function madeUpStore(FaissStore) {
  const store = new FaissStore(NO_EMBEDDINGS, {});
  const documents = Array.from({ length: ROWS }, (_, i) => ({
    pageContent: `Passage ${i}: ${"some words of it ".repeat(20)}`,
    metadata: { source: `file ${i % 100}`, page: i },
  }));
  await store.addVectors(
    documents.map((_, i) => vectorOf(i)),
    documents,
  );
  return store;
}
