/**
 * The fleet's command line. README.md has an example; read-settings.mjs has the settings.
 *
 *     node fleet.mjs prepare                 creates tables and queues
 *     node fleet.mjs add FOLDER              adds text and Markdown files, and the jobs that index them
 *     node fleet.mjs work                    a worker: indexes until SIGTERM
 *     node fleet.mjs status                  how much is indexed and how much waits
 *     node fleet.mjs again                   makes jobs for all documents that are not indexed
 *     node fleet.mjs build-index             the HNSW index over the vectors
 *     node fleet.mjs search "a question"
 */
import { relative } from "node:path";
import { HttpCrossEncoder } from "@secondpass/cross-encoders/http";
import { DirectoryLoader } from "@secondpass/document-loaders";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { addDocuments, indexAgain } from "./add-documents.mjs";
import { connectDatabase } from "./connect-database.mjs";
import { fleetStatus } from "./fleet-status.mjs";
import { buildVectorIndex, prepareDatabase } from "./prepare-database.mjs";
import { readSettings } from "./read-settings.mjs";
import { runWorker } from "./run-worker.mjs";
import { searchChain } from "./search-chain.mjs";
import { startQueue } from "./start-queue.mjs";

const log = (/** @type {unknown} */ error) =>
  console.error(error instanceof Error ? error.message : String(error));

/** @type {Record<string, (fleet: Fleet, operand: string) => Promise<void>>} */
const commands = {
  async prepare({ settings, pool, embeddings }) {
    const { length } = await embeddings.embedQuery("dimensions");
    await prepareDatabase(pool, { dimensions: length, jobSeconds: settings.jobSeconds });
  },
  async add({ settings, pool }, folder) {
    const boss = await startQueue(pool);
    const files = await new DirectoryLoader(folder).load();
    const documents = files.map(({ pageContent, metadata }) => {
      const source = relative(folder, metadata.source);
      return { id: source, content: pageContent, metadata: { source } };
    });
    const changed = await addDocuments({ pool, boss }, documents, settings);
    console.log(`${documents.length} documents, ${changed} of them new or changed`);
    await boss.stop({ graceful: false });
  },
  async again({ settings, pool }) {
    const boss = await startQueue(pool);
    console.log(`${await indexAgain({ pool, boss }, settings)} documents to index`);
    await boss.stop({ graceful: false });
  },
  async work({ settings, pool, embeddings }) {
    const { chunkSize, maintenanceSeconds, pollMs } = settings;
    const ending = new AbortController();
    for (const name of /** @type {const} */ (["SIGTERM", "SIGINT"])) process.once(name, () => ending.abort());
    const boss = await startQueue(pool, { maintenanceSeconds, onError: log });
    const splitter = new RecursiveCharacterTextSplitter({
      chunkSize,
      chunkOverlap: Math.floor(chunkSize / 5),
      addStartIndex: true,
    });
    await embeddings.load();
    console.log("Working.");
    await runWorker({ pool, boss, embeddings, splitter }, { signal: ending.signal, pollMs, onError: log });
    await boss.stop({ graceful: false });
  },
  async status({ pool }) {
    console.log(JSON.stringify(await fleetStatus(pool)));
  },
  async "build-index"({ pool }) {
    await buildVectorIndex(pool);
  },
  async search({ settings, pool, embeddings }, question) {
    const model = new HttpCrossEncoder({ url: settings.rerankUrl, protocol: "tei" });
    const chain = searchChain({ pool, embeddings, model });
    for (const { id, pageContent, metadata } of await chain.invoke(question))
      console.log(`${metadata.relevanceScore.toFixed(3)}  ${id}\n${pageContent}\n`);
  },
};

const NEED_OPERAND = ["add", "search"];

/**
 * @typedef {object} Fleet
 * @property {ReturnType<typeof readSettings>} settings
 * @property {import("pg").Pool} pool
 * @property {HuggingFaceEmbeddings} embeddings loads when it is first needed
 */

async function main() {
  const [name = "", operand = ""] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined || NEED_OPERAND.includes(name) !== (operand !== ""))
    throw new Error(
      `Expected one of prepare, add FOLDER, work, status, again, build-index, search QUESTION; got "${process.argv.slice(2).join(" ")}".`,
    );
  const settings = readSettings(process.env);
  const pool = connectDatabase(settings.databaseUrl);
  const model = new HuggingFaceEmbeddings({ model: settings.embedder, threads: settings.threads });
  try {
    await command({ settings, pool, embeddings: model }, operand);
  } finally {
    await Promise.all([model.dispose(), pool.end()]);
  }
}

try {
  await main();
} catch (error) {
  log(error);
  process.exitCode = 1;
}
