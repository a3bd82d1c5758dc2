/**
 * Runs a whole fleet on this machine, kills parts of it at random moments while it indexes and answers, and prints the results as one line
 * of JSON. Started by the tests with one JSON argument:
 * - `chunks`, `questions`, `workers`, `servers`, `clients`, `seed`
 * - `faults`: how many of each part are killed while documents are added: `{ worker, server, database }`
 * - `laterFaults`: the same, once all is indexed
 * - `pauseMs`: the longest time between two kills
 * - `thinkMs`: how long a client waits before its next question
 * - `jobSeconds`: after which a job goes to another worker
 */
import { setTimeout as sleep } from "node:timers/promises";
import { SecondpassError } from "@secondpass/core";
import { HttpCrossEncoder } from "@secondpass/cross-encoders/http";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { addDocuments } from "../../add-documents.mjs";
import { connectDatabase } from "../../connect-database.mjs";
import { fleetStatus } from "../../fleet-status.mjs";
import { startLocalFleet } from "../../local/start-local-fleet.mjs";
import { readSettings } from "../../read-settings.mjs";
import { searchChain } from "../../search-chain.mjs";
import { startQueue } from "../../start-queue.mjs";
import { makeCorpus } from "./make-corpus.mjs";
import { seededNumbers } from "./seeded-numbers.mjs";
import { singleProcess } from "./single-process.mjs";

/**
 * @typedef {{ worker: number, server: number, database: number }} Faults
 * @typedef {"worker" | "server" | "database"} Kind
 * @typedef {"indexing" | "indexed" | "draining"} Phase
 * @typedef {{ question: string, phase: Phase, hits: { id: string | undefined, text: string, score: number }[] }} Answer
 */

const trial = JSON.parse(process.argv[2] ?? "{}");
const { chunks, questions, workers, servers, clients, seed, pauseMs, thinkMs, jobSeconds } = trial;
const CANDIDATES = 20;
const TOP_N = 5;
/** Scores over HTTP and in this process: the same float32 arithmetic, in other batches. */
const TOLERANCE = 1e-5;

const random = seededNumbers(seed);
const corpus = makeCorpus({ chunks, questions }, random);
const started = performance.now();
const say = (/** @type {string} */ text) => {
  if (process.env.FLEET_TRIAL_LOG)
    console.error(`${((performance.now() - started) / 1000).toFixed(1)} s: ${text}`);
};

const fleet = await startLocalFleet({
  servers,
  workers,
  env: {
    FLEET_CHUNK_SIZE: "160",
    FLEET_JOB_SECONDS: String(jobSeconds),
    FLEET_MAINTENANCE_SECONDS: "1",
    FLEET_POLL_MS: "100",
  },
});
process.once("SIGTERM", () => fleet.stop().then(() => process.exit(143)));
say("the fleet is up");

const settings = readSettings(fleet.env);
const pool = connectDatabase(settings.databaseUrl);
const embeddings = new HuggingFaceEmbeddings({ model: settings.embedder, threads: 1 });
const splitter = new RecursiveCharacterTextSplitter({
  chunkSize: settings.chunkSize,
  chunkOverlap: Math.floor(settings.chunkSize / 5),
  addStartIndex: true,
});
const chain = searchChain({
  pool,
  embeddings,
  model: new HttpCrossEncoder({ url: settings.rerankUrl, protocol: "tei" }),
  candidates: CANDIDATES,
  topN: TOP_N,
});

/** @type {Answer[]} */
const answers = [];
/** @type {Record<Phase, { answered: number, typed: Record<string, number>, untyped: string[] }>} */
const calls = {
  indexing: { answered: 0, typed: {}, untyped: [] },
  indexed: { answered: 0, typed: {}, untyped: [] },
  draining: { answered: 0, typed: {}, untyped: [] },
};
/** @type {Phase} */
let phase = "indexing";
let isOver = false;
/** @type {Record<Kind, number>} */
const kills = { worker: 0, server: 0, database: 0 };
/** @type {Promise<void>[]} */
const restarts = [];

/** Asks a question. @returns whether it was answered */
async function sendQuestion(/** @type {string} */ question) {
  const sentIn = phase;
  try {
    const documents = await chain.invoke(question);
    calls[sentIn].answered += 1;
    const hits = documents.map(({ id, pageContent, metadata }) => ({
      id,
      text: pageContent,
      score: metadata.relevanceScore,
    }));
    answers.push({ question, phase: sentIn, hits });
    return true;
  } catch (error) {
    const { typed, untyped } = calls[sentIn];
    if (SecondpassError.isInstance(error)) typed[error.name] = (typed[error.name] ?? 0) + 1;
    else untyped.push(error instanceof Error ? `${error.name}: ${error.stack}` : String(error));
    return false;
  }
}

/** A client: one question after another. */
async function sendQuestions() {
  while (!isOver) {
    await sendQuestion(corpus.questions[Math.floor(Math.random() * corpus.questions.length)] ?? "");
    await sleep(thinkMs);
  }
}

/** Kills a running part, as soon as there is one, and starts it again after a while. */
async function kill(/** @type {Kind} */ kind) {
  const all = { worker: fleet.workers, server: fleet.servers, database: [fleet.postgres.part] }[kind];
  while (!all.some(({ isUp }) => isUp)) await sleep(20);
  const parts = all.filter(({ isUp }) => isUp);
  const part = parts[Math.floor(random() * parts.length)];
  const awayMs = random() * 1000;
  if (part === undefined) return;
  await part.kill();
  kills[kind] += 1;
  say(`killed ${part.name}`);
  const restart = async () => {
    await sleep(awayMs);
    if (kind === "database") return fleet.postgres.start();
    // A worker that starts while the database is unavailable for longer than it waits ends; its supervisor starts it again.
    for (let tries = 1; ; tries++) {
      try {
        return await part.start();
      } catch (error) {
        if (tries === 5) throw error;
        say(String(error));
      }
    }
  };
  restarts.push(restart());
}

/** @param {Faults} faults @returns {Kind[]} in random order */
function inRandomOrder(faults) {
  const kinds = /** @type {Kind[]} */ (["worker", "server", "database"]);
  return kinds
    .flatMap((kind) => Array.from({ length: faults[kind] }, () => ({ kind, place: random() })))
    .sort((a, b) => a.place - b.place)
    .map(({ kind }) => kind);
}

/** Adding documents is also tried again; documents that were added are not added twice. */
async function addSurely(/** @type {import("../../add-documents.mjs").SourceDocument[]} */ documents) {
  for (;;) {
    try {
      return await addDocuments({ pool, boss }, documents, settings);
    } catch (error) {
      say(`adding failed: ${error}`);
      await sleep(200);
    }
  }
}

const boss = await startQueue(pool);
const clientLoops = Array.from({ length: clients }, sendQuestions);

// Documents come in between the kills.
const faults = inRandomOrder(trial.faults);
const slice = Math.ceil(corpus.documents.length / (faults.length + 1));
await addSurely(corpus.documents.slice(0, slice));
for (const [place, kind] of faults.entries()) {
  await sleep(random() * pauseMs);
  await kill(kind);
  await addSurely(corpus.documents.slice((place + 1) * slice, (place + 2) * slice));
}
await Promise.all(restarts.splice(0));
say("all documents are added and all parts are up");
for (;;) {
  const status = await fleetStatus(pool);
  if (status.waiting === 0 && status.jobs === 0) break;
  say(JSON.stringify(status));
  await sleep(500);
}
const indexedSeconds = (performance.now() - started) / 1000;

phase = "indexed";
say("all is indexed");
for (const kind of inRandomOrder(trial.laterFaults)) {
  await sleep(random() * pauseMs);
  await kill(kind);
}
await Promise.all(restarts.splice(0));
// Everything is up again: each question gets its answer.
for (const question of corpus.questions)
  for (let tries = 1; tries <= 5 && !(await sendQuestion(question)); tries++);

// A server is stopped gracefully: no client notices.
phase = "draining";
const [first] = fleet.servers;
const drained = await first?.kill("SIGTERM");
await sleep(300);
isOver = true;
await Promise.all(clientLoops);
say("no more questions");

const status = await fleetStatus(pool);
const { rows } = await pool.query(
  "SELECT id, document_id, content, metadata, embedding::text FROM chunks ORDER BY id",
);
await pool.query("CREATE DATABASE reference");
const other = connectDatabase(settings.databaseUrl.replace(/postgres$/, "reference"));
const reference = await singleProcess({
  documents: corpus.documents,
  embeddings,
  splitter,
  pool: other,
  candidates: CANDIDATES,
  topN: TOP_N,
});
say("the single process has indexed the same");

const written = new Map(rows.map((row) => [row.id, row]));
let farthest = 0;
let different = 0;
for (const [at, { id, pageContent, metadata }] of reference.chunks.entries()) {
  const row = written.get(id);
  if (row === undefined) continue;
  if (
    row.content !== pageContent ||
    row.document_id !== metadata.documentId ||
    row.metadata.shelf !== metadata.shelf
  )
    different += 1;
  const vector = JSON.parse(row.embedding);
  for (const [i, value] of (reference.vectors[at] ?? []).entries())
    farthest = Math.max(farthest, Math.abs(value - vector[i]));
}

/** @type {string[]} */
const wrong = [];
const expected = new Map();
for (const question of corpus.questions) {
  if (expected.has(question)) continue;
  const documents = await reference.chain.invoke(question);
  expected.set(
    question,
    documents.map(({ pageContent, metadata }) => ({ text: pageContent, score: metadata.relevanceScore })),
  );
}
const texts = new Map(reference.chunks.map(({ id, pageContent }) => [id, pageContent]));
/** @type {Map<string, number>} scores of this process by question and text */
const scores = new Map();
const keyOf = (/** @type {string} */ question, /** @type {string} */ text) => `${question}\n${text}`;
for (const { question, hits } of answers)
  for (const { text } of hits) scores.set(keyOf(question, text), Number.NaN);
const pairs = [...scores.keys()].map((key) => /** @type {[string, string]} */ (key.split(/\n(.*)/s, 2)));
for (const [at, score] of (await reference.model.score(pairs)).entries())
  scores.set((pairs[at] ?? []).join("\n"), score);
const isNear = (/** @type {number} */ a, /** @type {number | undefined} */ b) =>
  Math.abs(a - (b ?? 9)) <= TOLERANCE;

for (const { question, phase: sentIn, hits } of answers) {
  // While documents come in, an answer is right if its chunks are ones that exist, each once, with the model's scores, best first.
  const isSound =
    new Set(hits.map(({ id }) => id)).size === hits.length &&
    hits.every(
      ({ id, text, score }, at) =>
        texts.get(id) === text &&
        isNear(score, scores.get(keyOf(question, text))) &&
        (at === 0 || score <= (hits[at - 1]?.score ?? 0)),
    );
  const best = expected.get(question);
  const isSame =
    sentIn === "indexing" ||
    (hits.length === best.length &&
      hits.every(({ text, score }, at) => text === best[at].text && isNear(score, best[at].score)));
  if (!isSound || !isSame) wrong.push(JSON.stringify({ question, sentIn, hits, best }));
}

const result = {
  chunks: {
    expected: reference.chunks.length,
    rows: rows.length,
    missing: reference.chunks.filter(({ id }) => !written.has(id)).length,
    different,
    farthest,
  },
  status,
  calls,
  wrong: wrong.slice(0, 3),
  wrongs: wrong.length,
  kills,
  drained,
  indexedSeconds: Math.round(indexedSeconds),
  seconds: Math.round((performance.now() - started) / 1000),
};
await Promise.all([boss.stop({ graceful: false }), embeddings.dispose(), reference.model.dispose()]);
await Promise.all([pool.end(), other.end()]);
await fleet.stop();
console.log(JSON.stringify(result));
