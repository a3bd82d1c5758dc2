/**
 * Requests from many connections through the stand-in's front, signatures and all: are they all answered, in order, with
 * flat memory, and what does batching gain? Run from the repository's root, after a build:
 *
 *   npx tsx bench/endpoint/load.ts --model FOLDER|HUB_ID [--requests 2000] [--connections 64] [--rounds 3]
 *
 * Leaves with 1 if anything was lost, wrong or grew.
 */
import { parseArgs } from "node:util";
import { SagemakerEndpointCrossEncoder } from "@secondpass/cross-encoders/sagemaker";
import { type Endpoint, startEndpoint } from "./start-endpoint.js";

/** Largest difference between a pair's score alone and in a batch: float32's rounding. */
const SAME_SCORE = 1e-4;
/** How much the server's memory may grow from the second round on; the first fills caches and arenas. */
const MAX_GROWTH = 1.15;

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    requests: { type: "string", default: "2000" },
    connections: { type: "string", default: "64" },
    rounds: { type: "string", default: "3" },
  },
});
if (!values.model) {
  console.error("Expected --model FOLDER|HUB_ID.");
  process.exit(2);
}
const requests = Number(values.requests);
const connections = Number(values.connections);
const rounds = Number(values.rounds);

/** 97 texts of 1 to 24 words, so that neighbours differ in length and content. */
const TEXTS = Array.from({ length: 97 }, (_, index) =>
  `passage ${index} ${"about mountains and lakes ".repeat(index % 7)}`.trim(),
);
const pairOf = (request: number) =>
  ["how tall is the mountain?", TEXTS[request % TEXTS.length] ?? ""] as const;

interface Round {
  readonly requestsPerSecond: number;
  readonly wrong: number;
  readonly failed: number;
  readonly memoryBytes: number;
}

/** One request a pair, `connections` at a time. */
async function runRound(endpoint: Endpoint): Promise<Round> {
  const { url, endpointName, region, accessKeyId, secretAccessKey } = endpoint.client;
  const crossEncoder = new SagemakerEndpointCrossEncoder({
    endpointName,
    region,
    clientOptions: {
      endpoint: url,
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: { httpAgent: { maxSockets: connections } },
    },
    maxConcurrency: connections,
    maxPairsPerRequest: 1,
  });
  const alone = await crossEncoder.score(TEXTS.map((_, index) => pairOf(index)));
  const before = endpoint.front.requests.length;
  const started = performance.now();
  const scores = await crossEncoder.score(Array.from({ length: requests }, (_, index) => pairOf(index)));
  const seconds = (performance.now() - started) / 1000;
  return {
    requestsPerSecond: requests / seconds,
    wrong: scores.filter(
      (score, index) => !(Math.abs(score - (alone[index % TEXTS.length] ?? Number.NaN)) < SAME_SCORE),
    ).length,
    failed: endpoint.front.requests.slice(before).filter(({ status }) => status !== 200).length,
    memoryBytes: await endpoint.memoryBytes(),
  };
}

const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const batched = await startEndpoint(values.model);
const unbatched = await startEndpoint(values.model, { MAX_BATCH_PAIRS: "1" });
const results: { batched: Round[]; unbatched: Round[] } = { batched: [], unbatched: [] };
// Turn by turn, so that what else the machine does hits both.
for (let round = 0; round < rounds; round += 1) {
  for (const [kind, endpoint] of [
    ["batched", batched],
    ["unbatched", unbatched],
  ] as const) {
    const result = await runRound(endpoint);
    results[kind].push(result);
    const { requestsPerSecond, wrong, failed, memoryBytes } = result;
    console.log(
      `${kind} ${round + 1}/${rounds}: ${requestsPerSecond.toFixed(0)} requests/s, ${failed} failed, ` +
        `${wrong} wrong, ${(memoryBytes / 2 ** 20).toFixed(0)} MiB`,
    );
  }
}
await batched.close();
await unbatched.close();

const rate = (all: readonly Round[]) => median(all.map(({ requestsPerSecond }) => requestsPerSecond));
const growth = (results.batched.at(-1)?.memoryBytes ?? 0) / (results.batched[1]?.memoryBytes ?? Number.NaN);
const lost = Object.values(results)
  .flat()
  .some(({ wrong, failed }) => wrong + failed > 0);
console.log(`${requests} requests from ${connections} connections, ${rounds} rounds, medians:`);
console.log(`batched / unbatched = ${(rate(results.batched) / rate(results.unbatched)).toFixed(2)}`);
console.log(
  `every answer right: ${lost ? "NO" : "yes"}; memory from round 2 on: ${rounds > 2 ? `× ${growth.toFixed(3)}` : "needs 3 rounds"}`,
);
if (lost || growth > MAX_GROWTH) process.exitCode = 1;
