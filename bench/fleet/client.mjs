/**
 * The clients of a fleet, in one separate process: each sends its next request as soon as it has an answer. Started by run.mjs with one JSON argument:
 * `{ databaseUrl, rerankUrl, embedder, questions, clients, seconds }`; prints one JSON line.
 */
import { HttpCrossEncoder } from "@secondpass/cross-encoders/http";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { connectDatabase } from "../../examples/fleet/connect-database.mjs";
import { searchChain } from "../../examples/fleet/search-chain.mjs";

const { databaseUrl, rerankUrl, embedder, questions, clients, seconds } = JSON.parse(process.argv[2]);
const pool = connectDatabase(databaseUrl, { connections: clients });
const embeddings = new HuggingFaceEmbeddings({ model: embedder, threads: 1 });
const model = new HttpCrossEncoder({ url: rerankUrl, protocol: "tei", maxConcurrency: clients });
const chain = searchChain({ pool, embeddings, model });
await chain.invoke(questions[0]);

const [started, cpu] = [performance.now(), process.cpuUsage()];
const latencies = [];
const errors = {};
let place = 0;
async function runClient() {
  while (performance.now() - started < seconds * 1000) {
    const begun = performance.now();
    try {
      await chain.invoke(questions[place++ % questions.length]);
      latencies.push(performance.now() - begun);
    } catch ({ name }) {
      errors[name] = (errors[name] ?? 0) + 1;
    }
  }
}
await Promise.all(Array.from({ length: clients }, runClient));
const took = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ latencies, errors, seconds: took, cpuShare: (user + system) / 1e6 / took }));
await Promise.all([pool.end(), embeddings.dispose()]);
