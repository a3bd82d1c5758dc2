/**
 * Measures the fleet of examples/fleet by the number of its processes, all on this machine: chunks a second by workers, and questions a second, median
 * and p99 by rerank servers. From the repository's root, after a build:
 *
 *     SECONDPASS_PYTHON=.work/services/python/bin/python node bench/fleet/run.mjs [--chunks 4000] [--workers 1,2,4] [--servers 1,2,3]
 *         [--clients 16] [--seconds 30] [--rounds 3]
 *
 * Needs Postgres with pgvector and HAProxy: `npm run test:services` installs them. Also times the two halves of the first pass, for the cost model.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { addDocuments } from "../../examples/fleet/add-documents.mjs";
import { connectDatabase } from "../../examples/fleet/connect-database.mjs";
import { fleetStatus } from "../../examples/fleet/fleet-status.mjs";
import { FullTextRetriever } from "../../examples/fleet/full-text-retriever.mjs";
import { startLocalFleet } from "../../examples/fleet/local/start-local-fleet.mjs";
import { PostgresVectorStore } from "../../examples/fleet/postgres-vector-store.mjs";
import { buildVectorIndex } from "../../examples/fleet/prepare-database.mjs";
import { readSettings } from "../../examples/fleet/read-settings.mjs";
import { startQueue } from "../../examples/fleet/start-queue.mjs";
import { makeCorpus } from "../../examples/fleet/test/trials/make-corpus.mjs";
import { seededNumbers } from "../../examples/fleet/test/trials/seeded-numbers.mjs";
import { machine } from "../support/machine.mjs";
import { median, quantile } from "../support/quantile.mjs";

const { values } = parseArgs({
  options: {
    chunks: { type: "string", default: "4000" },
    workers: { type: "string", default: "1,2,4" },
    servers: { type: "string", default: "1,2,3" },
    clients: { type: "string", default: "16" },
    seconds: { type: "string", default: "30" },
    rounds: { type: "string", default: "3" },
  },
});
const [chunks, clients, seconds, rounds] = ["chunks", "clients", "seconds", "rounds"].map((name) =>
  Number(values[name]),
);
const [workerCounts, serverCounts] = [values.workers, values.servers].map((list) =>
  list.split(",").map(Number),
);
const corpus = makeCorpus({ chunks, questions: 200 }, seededNumbers(1));
const env = { FLEET_CHUNK_SIZE: "160", FLEET_POLL_MS: "50" };
const spread = (numbers, digits = 0) =>
  `${median(numbers).toFixed(digits)} (${Math.min(...numbers).toFixed(digits)} to ${Math.max(...numbers).toFixed(digits)})`;

/** Adds all documents to a fleet. @returns chunks a second from the first job to the last */
async function fill(pool, documentsPerJob) {
  const boss = await startQueue(pool);
  const started = performance.now();
  await addDocuments({ pool, boss }, corpus.documents, { documentsPerJob });
  while ((await fleetStatus(pool)).waiting > 0) await sleep(50);
  const speed = chunks / ((performance.now() - started) / 1000);
  await boss.stop({ graceful: false });
  return speed;
}

async function runClient(settings) {
  const program = fileURLToPath(new URL("client.mjs", import.meta.url));
  const words = JSON.stringify({ ...settings, questions: corpus.questions, clients, seconds });
  const child = spawn(process.execPath, [program, words], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece) => {
    text += piece;
  });
  await once(child, "close");
  return JSON.parse(text);
}

/** Time of one step, one call after another, in ms. */
async function time(step) {
  const times = [];
  for (const question of corpus.questions.slice(0, 50)) {
    const started = performance.now();
    await step(question);
    times.push(performance.now() - started);
  }
  return `${median(times).toFixed(1)} ms`;
}

console.log(`${machine()}; ${chunks} chunks, ${clients} clients, ${seconds} s, ${rounds} rounds\n`);
console.log("| workers | chunks a second |\n|---:|---:|");
for (const workers of workerCounts) {
  const speeds = [];
  for (let round = 0; round < rounds; round++) {
    const fleet = await startLocalFleet({ servers: 0, workers, env });
    const settings = readSettings(fleet.env);
    const pool = connectDatabase(settings.databaseUrl);
    speeds.push(await fill(pool, settings.documentsPerJob));
    await pool.end();
    await fleet.stop();
  }
  console.log(`| ${workers} | ${spread(speeds)} |`);
}

console.log(
  "\n| servers | questions a second | pairs a second | median, ms | p99, ms | errors | clients' CPU |",
);
console.log("|---:|---:|---:|---:|---:|---|---:|");
for (const servers of serverCounts) {
  const fleet = await startLocalFleet({ servers, workers: 1, env });
  const settings = readSettings(fleet.env);
  const pool = connectDatabase(settings.databaseUrl);
  await fill(pool, settings.documentsPerJob);
  const [worker] = fleet.workers;
  await worker.kill("SIGTERM");
  await pool.query("ANALYZE chunks");
  const runs = [];
  for (let round = 0; round < rounds; round++) runs.push(await runClient(settings));
  const speeds = runs.map(({ latencies, seconds: took }) => latencies.length / took);
  const errors = runs.flatMap((run) => Object.entries(run.errors).map(([name, count]) => `${name} ${count}`));
  const of = (figure) => runs.map(figure);
  console.log(
    `| ${servers} | ${spread(speeds, 1)} | ${(median(speeds) * 20).toFixed(0)} | ${median(of(({ latencies }) => median(latencies))).toFixed(0)} | ` +
      `${median(of(({ latencies }) => quantile(latencies, 0.99))).toFixed(0)} | ${errors.join(", ") || "none"} | ${median(of(({ cpuShare }) => cpuShare)).toFixed(2)} |`,
  );
  if (servers === serverCounts.at(-1)) {
    const embeddings = new HuggingFaceEmbeddings({ model: settings.embedder, threads: 1 });
    const store = new PostgresVectorStore(embeddings, { pool });
    const words = new FullTextRetriever({ pool, k: 20 });
    const vector = await embeddings.embedQuery(corpus.questions[0]);
    console.log("\nOne call after another:");
    console.log(`- a question embedded: ${await time((question) => embeddings.embedQuery(question))}`);
    console.log(`- 20 chunks by words: ${await time((question) => words.invoke(question))}`);
    console.log(
      `- 20 chunks by meaning, exact: ${await time(() => store.similaritySearchVectorWithScore(vector, 20))}`,
    );
    await buildVectorIndex(pool);
    console.log(
      `- with the HNSW index: ${await time(() => store.similaritySearchVectorWithScore(vector, 20))}`,
    );
    const { rows } = await pool.query(
      "SELECT pg_relation_size('chunks_embedding') AS hnsw, pg_relation_size('chunks_words') AS words, pg_table_size('chunks') AS heap",
    );
    const [{ hnsw, words: gin, heap }] = rows;
    console.log(
      `- bytes a chunk: table ${Math.round(heap / chunks)}, HNSW ${Math.round(hnsw / chunks)}, words ${Math.round(gin / chunks)}`,
    );
    await embeddings.dispose();
  }
  await pool.end();
  await fleet.stop();
}
