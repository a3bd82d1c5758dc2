/**
 * Tries the laws of the single parts with a real Postgres, and prints the results as one line of JSON. Started by the tests.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { EMBEDDER_PATH } from "@secondpass/mini-models";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { addDocuments, indexAgain, removeDocuments } from "../../add-documents.mjs";
import { connectDatabase } from "../../connect-database.mjs";
import { fleetStatus } from "../../fleet-status.mjs";
import { FullTextRetriever } from "../../full-text-retriever.mjs";
import { indexJob } from "../../index-job.mjs";
import { startLocalFleet } from "../../local/start-local-fleet.mjs";
import { PostgresVectorStore } from "../../postgres-vector-store.mjs";
import { buildVectorIndex, prepareDatabase } from "../../prepare-database.mjs";
import { runWorker } from "../../run-worker.mjs";
import { INDEX_QUEUE, startQueue } from "../../start-queue.mjs";
import { makeCorpus } from "./make-corpus.mjs";
import { seededNumbers } from "./seeded-numbers.mjs";

const fleet = await startLocalFleet({ servers: 0, workers: 0 });
process.once("SIGTERM", () => fleet.stop().then(() => process.exit(143)));
const pool = connectDatabase(fleet.postgres.url);
// Once more, as every start of the fleet does; and with few retries, for the document that cannot be indexed.
await prepareDatabase(pool, { dimensions: 256, retries: 0 });
const boss = await startQueue(pool);
const embeddings = new HuggingFaceEmbeddings({ model: EMBEDDER_PATH, threads: 1 });
const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 160, chunkOverlap: 0, addStartIndex: true });
const indexer = { pool, boss, embeddings, splitter };

/** @returns {Promise<import("pg-boss").Job<{ ids: string[] }>>} */
async function nextJob() {
  const [job] = /** @type {import("pg-boss").Job<{ ids: string[] }>[]} */ (await boss.fetch(INDEX_QUEUE));
  if (job === undefined) throw new Error("Expected a job.");
  return job;
}
/** @param {string} documentId */
async function chunksOf(documentId) {
  const { rows } = await pool.query("SELECT content FROM chunks WHERE document_id = $1 ORDER BY id", [
    documentId,
  ]);
  return rows.map(({ content }) => content);
}
/** @param {() => Promise<unknown>} action */
async function errorOf(action) {
  try {
    await action();
    return "none";
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
/** @type {Record<string, unknown>} */
const found = {};

// Adding.
const two = [
  { id: "a", content: "A lake is deep." },
  { id: "b", content: "A mountain is high." },
];
const added = { documentsPerJob: 8 };
found.added = [
  await addDocuments(indexer, [], added),
  await addDocuments(indexer, two, added),
  await addDocuments(indexer, two, added),
];
found.twice = await errorOf(() => addDocuments(indexer, [...two, ...two]));
found.nul = await errorOf(() => addDocuments(indexer, [{ id: "c", content: "a\0b" }]));

// Two workers have the same job, because one was considered lost.
const job = await nextJob();
found.both = await Promise.all([indexJob(indexer, job), indexJob(indexer, job)]);
found.once = [await chunksOf("a"), await chunksOf("b"), await fleetStatus(pool)];

// A document is changed, and another is deleted, while a worker embeds them.
await addDocuments(
  indexer,
  [
    { id: "a", content: "Old." },
    { id: "b", content: "Gone soon." },
  ],
  added,
);
const late = await nextJob();
const slow = Object.assign(Object.create(embeddings), {
  async embedDocuments(/** @type {string[]} */ texts) {
    await addDocuments(indexer, [{ id: "a", content: "New." }], added);
    await removeDocuments(pool, ["b"]);
    return embeddings.embedDocuments(texts);
  },
});
found.late = [
  await indexJob({ ...indexer, embeddings: slow }, late),
  await chunksOf("a"),
  await chunksOf("b"),
];
await indexJob(indexer, await nextJob());
found.changed = [await chunksOf("a"), await fleetStatus(pool)];

// A document that cannot be indexed does not block others.
await addDocuments(indexer, [
  { id: "c", content: "Sound." },
  { id: "d", content: "Poison." },
  { id: "e", content: "Also sound." },
]);
const choosy = Object.assign(Object.create(embeddings), {
  async embedDocuments(/** @type {string[]} */ texts) {
    if (texts.includes("Poison.")) throw new Error("It cannot be embedded.");
    return embeddings.embedDocuments(texts);
  },
});
const ending = new AbortController();
/** @type {string[]} */
const errors = [];
const working = runWorker(
  { ...indexer, embeddings: choosy },
  { signal: ending.signal, pollMs: 20, onError: (error) => errors.push(String(error)) },
);
while ((await fleetStatus(pool)).failed === 0) await sleep(50);
ending.abort();
await working;
found.poison = [
  await chunksOf("c"),
  await chunksOf("d"),
  await chunksOf("e"),
  await fleetStatus(pool),
  errors,
];
found.again = await indexAgain(indexer);
await indexJob(indexer, await nextJob());
found.healed = [await chunksOf("d"), (await fleetStatus(pool)).waiting];

// Meaning: the order of FAISS.
await removeDocuments(pool, ["a", "c", "d", "e"]);
const corpus = makeCorpus({ chunks: 200, questions: 20 }, seededNumbers(7));
await addDocuments(indexer, corpus.documents, { documentsPerJob: 100 });
await indexJob(indexer, await nextJob());
const store = new PostgresVectorStore(embeddings, { pool });
const { rows } = await pool.query("SELECT content, metadata, embedding::text FROM chunks");
const faiss = new FaissStore(embeddings, {});
await faiss.addVectors(
  rows.map(({ embedding }) => JSON.parse(embedding)),
  rows.map(({ content, metadata }) => ({ pageContent: content, metadata })),
);
const textsOf = (/** @type {import("@langchain/core/documents").DocumentInterface[]} */ documents) =>
  documents.map(({ pageContent }) => pageContent);
const asFaiss = () =>
  Promise.all(
    corpus.questions.map(async (question) => {
      const ours = textsOf(await store.similaritySearch(question, 10));
      const exact = textsOf(await faiss.similaritySearch(question, 10));
      return ours.filter((text, at) => text === exact[at]).length / 10;
    }),
  );
found.meaning = await asFaiss();
const shelf = await store.similaritySearch(corpus.questions[0] ?? "", 50, { shelf: 3 });
found.filtered = shelf.map(({ metadata }) => metadata.shelf);
found.wrongK = await errorOf(() => store.similaritySearch("lake", Number.POSITIVE_INFINITY));
await buildVectorIndex(pool);
await pool.query("ANALYZE chunks");
const client = await pool.connect();
await client.query("SET enable_seqscan = off");
let plan = "";
/** @param {string} text @param {unknown[]} [values] */
const query = async (text, values) => {
  const explained = await client.query(`EXPLAIN ${text}`, values);
  plan = explained.rows.map((row) => row["QUERY PLAN"]).join("\n");
  return { ...explained, rows: [] };
};
await new PostgresVectorStore(embeddings, { pool: { query } }).similaritySearch("lake", 10);
client.release(true);
found.usesIndex = plan.includes("Index Scan using chunks_embedding");
found.approximate = await asFaiss();

// Writing by the store itself, as LangChain's callers do.
await pool.query("INSERT INTO documents (id, content, metadata) VALUES ('s', '', '{}')");
const note = { pageContent: "A note.", metadata: { documentId: "s" }, id: "s#0" };
found.stored = [await store.addDocuments([note]), await store.addDocuments([note]), await chunksOf("s")];
await store.delete({ ids: ["s#0"] });
found.deleted = await chunksOf("s");

// Words.
const words = new FullTextRetriever({ pool, k: 3 });
found.words = textsOf(await new FullTextRetriever({ pool, k: 1 }).invoke(corpus.questions[3] ?? ""));
found.question = corpus.questions[3];
found.noWords = [await words.invoke("the of and"), await words.invoke(""), await words.invoke("zzzzz")];
found.signs = await Promise.all(
  ["a & | ! :* ' (", "\0", "bridge:* | !!", "'", '"', "\\"].map((query) =>
    errorOf(() => words.invoke(query)),
  ),
);

// Without the database.
await fleet.postgres.part.kill();
const hasty = connectDatabase(fleet.postgres.url, { patienceMs: 300 });
found.away = await errorOf(() => new FullTextRetriever({ pool: hasty }).invoke("lake"));

await Promise.all([boss.stop({ graceful: false }), embeddings.dispose(), pool.end(), hasty.end()]);
await fleet.stop();
console.log(JSON.stringify(found));
