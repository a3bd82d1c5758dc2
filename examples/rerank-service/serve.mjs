/**
 * Serves a reranker over HTTP until SIGTERM or Ctrl-C:
 *
 *     PORT=8080 node serve.mjs
 */
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { createRerankServer } from "@secondpass/rerank-server";

const model = process.env.RERANKER ?? RERANKER_PATH;
const server = await createRerankServer(
  { model: (signal) => loadCrossEncoder({ model, signal }) },
  { port: Number(process.env.PORT ?? 8080) },
);
// Requests in progress get their answers. A second signal ends the process.
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => server.close({ graceMs: 10_000 }));
await server.ready;
console.error(`Serving ${model} at ${server.url}`);
