/**
 * Searches a folder whose files keep changing, and answers as JSON over HTTP:
 *
 *     node live-index.mjs --folder notes --index .index --port 8081 --every-seconds 10
 *     curl "http://localhost:8081/search?q=bananas"
 *
 * Reads the folder at intervals, saves the changes, and ends cleanly at SIGTERM or Ctrl-C.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { openStore } from "./open-store.mjs";
import { syncFolder } from "./sync-folder.mjs";

const { values } = parseArgs({
  options: {
    folder: { type: "string" },
    index: { type: "string", default: ".index" },
    port: { type: "string", default: "8081" },
    "every-seconds": { type: "string", default: "10" },
  },
});
const { folder, index } = values;
const everyMs = Number(values["every-seconds"]) * 1000;
if (folder === undefined || !(everyMs > 0)) {
  console.error("Expected a folder and a time: node live-index.mjs --folder notes [--every-seconds 10]");
  process.exit(1);
}

const stopping = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => stopping.abort());

const store = await openStore(index);
const model = new HuggingFaceCrossEncoder({ model: RERANKER_PATH });
const retriever = new ContextualCompressionRetriever({
  baseRetriever: store.asRetriever({ k: 20 }),
  baseCompressor: new CrossEncoderReranker({ model, topN: 3, blend: true }),
});

const server = createServer(async (request, response) => {
  /** @param {number} status @param {object} body */
  const answer = (status, body) =>
    response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const question = searchParams.get("q");
  if (request.method !== "GET" || pathname !== "/search")
    return answer(404, { error: "Expected GET /search?q=…" });
  if (!question) return answer(400, { error: "Expected a question: /search?q=…" });
  // If a client disconnects, its search stops.
  const left = new AbortController();
  response.once("close", () => left.abort());
  try {
    const found = await retriever.invoke(question, { signal: left.signal });
    return answer(
      200,
      found.map(({ pageContent, metadata }) => ({
        source: metadata.source,
        lines: metadata.loc.lines,
        score: metadata.relevanceScore,
        text: pageContent,
      })),
    );
  } catch (error) {
    if (left.signal.aborted) return;
    console.error(error);
    return answer(500, { error: "The search failed; the log says why." });
  }
});
server.listen(Number(values.port), "127.0.0.1");
await once(server, "listening");
const address = /** @type {import("node:net").AddressInfo} */ (server.address());
console.error(`Searching ${folder} at http://127.0.0.1:${address.port}`);

while (!stopping.signal.aborted) {
  try {
    const { added, deleted } = await syncFolder(store, folder);
    if (added + deleted > 0) {
      await store.save(index);
      console.error(`${added} passages added, ${deleted} deleted, ${store.size} in all`);
    }
  } catch (error) {
    // The next attempt may succeed; until then, searches use the last state.
    console.error(error);
  }
  await setTimeout(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
}
server.close();
server.closeIdleConnections();
await once(server, "close");
await model.dispose();
store.dispose();
