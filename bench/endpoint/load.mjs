/**
 * Sends small requests from many connections: are all answered, each with its own scores, does the memory stay flat, and what does
 * batching gain? Through the front of the replacement for SageMaker (with the real AWS client and its signatures) and directly to the server,
 * where the client costs little. From the repository's root, after `pnpm install` (the benchmarks too) and a build:
 *
 *     node bench/endpoint/load.mjs [--model FOLDER|HUB_ID] [--requests 2000] [--connections 64] [--pairs 1,4] [--rounds 5]
 *         [--ways front,direct] [--words N: how much longer each text is] [--env KEY=VALUE …]
 *
 * Exits with 1 if anything was lost or wrong, or if memory grew.
 */
import { parseArgs } from "node:util";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { machine } from "../support/machine.mjs";
import { median, quantile } from "../support/quantile.mjs";
import { DirectClient } from "./direct-client.mjs";
import { FrontClient } from "./front-client.mjs";
import { startEndpoint } from "./start-endpoint.mjs";

/** Largest difference between a pair's score alone and in a batch: float32's rounding. */
const SAME_SCORE = 1e-4;
/** How much the server's memory may grow from the second round on; the first fills caches and arenas. */
const MAX_GROWTH = 1.15;
const CLIENTS = { front: FrontClient, direct: DirectClient };

const { values } = parseArgs({
  options: {
    model: { type: "string", default: RERANKER_PATH },
    requests: { type: "string", default: "2000" },
    connections: { type: "string", default: "64" },
    pairs: { type: "string", default: "1,4" },
    rounds: { type: "string", default: "5" },
    ways: { type: "string", default: "front,direct" },
    words: { type: "string", default: "0" },
    env: { type: "string", multiple: true, default: [] },
  },
});
const [requests, connections, rounds] = [values.requests, values.connections, values.rounds].map(Number);
const env = Object.fromEntries(values.env.map((word) => word.split(/=(.*)/s).slice(0, 2)));

/** 97 texts of 2 to 26 words, so that neighbours differ in length and content; --words makes each that much longer. */
const TEXTS = Array.from({ length: 97 }, (_, index) =>
  `passage ${index} ${"about mountains and lakes ".repeat((index % 7) + Number(values.words) / 4)}`.trim(),
);
const pairOf = (place) => ["how tall is the mountain?", TEXTS[place % TEXTS.length]];

/** Sends all requests, one at a time on each connection. */
async function runRound(endpoint, client, pairsPerRequest, alone) {
  const pairs = Array.from({ length: requests * pairsPerRequest }, (_, place) => pairOf(place));
  const [passes, passPairs] = [
    await endpoint.metric("rerank_batch_pairs_count"),
    await endpoint.metric("rerank_batch_pairs_sum"),
  ];
  const started = performance.now();
  const scores = await client.score(pairs, pairsPerRequest);
  const seconds = (performance.now() - started) / 1000;
  return {
    rate: requests / seconds,
    wrong: scores.filter((score, place) => !(Math.abs(score - alone[place % TEXTS.length]) < SAME_SCORE))
      .length,
    pairsPerPass:
      ((await endpoint.metric("rerank_batch_pairs_sum")) - passPairs) /
      ((await endpoint.metric("rerank_batch_pairs_count")) - passes),
    memoryMib: (await endpoint.metric("process_resident_memory_bytes")) / 2 ** 20,
  };
}

/** Rounds of one way to send and one size of request, server by server, without the first, which warms up. */
async function compare(way, pairsPerRequest) {
  const runs = { batched: [], unbatched: [] };
  for (let round = 0; round <= rounds; round++) {
    // In turns, so that other work of the machine affects both.
    for (const [kind, endpoint] of Object.entries(endpoints)) {
      const client = new CLIENTS[way](endpoint, connections);
      const alone = await client.score(
        TEXTS.map((_, place) => pairOf(place)),
        1,
      );
      runs[kind].push(await runRound(endpoint, client, pairsPerRequest, alone));
      client.close();
    }
  }
  for (const [kind, all] of Object.entries(runs)) memory[kind].push(...all.map(({ memoryMib }) => memoryMib));
  const wrong = Object.values(runs)
    .flat()
    .reduce((sum, run) => sum + run.wrong, 0);
  return { wrong, batched: runs.batched.slice(1), unbatched: runs.unbatched.slice(1) };
}

/** Median, and the middle half. */
function spread(numbers, digits = 0) {
  const [low, middle, high] = [quantile(numbers, 0.25), median(numbers), quantile(numbers, 0.75)];
  return `${middle.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

const rates = (runs) => runs.map(({ rate }) => rate);

const endpoints = {
  batched: await startEndpoint(values.model, env),
  unbatched: await startEndpoint(values.model, { ...env, MAX_BATCH_PAIRS: "1" }),
};
/** MiB of each server after each round. */
const memory = { batched: [], unbatched: [] };
let wrong = 0;
console.log(`${machine()}; ${requests} requests from ${connections} connections, ${rounds} rounds`);
for (const way of values.ways.split(",")) {
  for (const pairsPerRequest of values.pairs.split(",").map(Number)) {
    const result = await compare(way, pairsPerRequest);
    const [batched, unbatched] = [rates(result.batched), rates(result.unbatched)];
    wrong += result.wrong;
    console.log(
      `${way}, pairs a request: ${pairsPerRequest}. Requests/s batched ${spread(batched)}, unbatched ${spread(unbatched)}; ` +
        `batched / unbatched = ${spread(
          batched.map((rate, round) => rate / unbatched[round]),
          2,
        )}; pairs a pass ${median(result.batched.map(({ pairsPerPass }) => pairsPerPass)).toFixed(1)}`,
    );
  }
}
const rejected = Object.values(endpoints).flatMap(({ front }) =>
  front.requests.filter(({ status }) => status !== 200),
);
for (const endpoint of Object.values(endpoints)) await endpoint.close();

console.log(
  `scores that are wrong: ${wrong}; requests through the front not answered with 200: ${rejected.length}`,
);
for (const [kind, mib] of Object.entries(memory)) {
  console.log(
    `memory of the ${kind} server after each round: ${mib.map((value) => value.toFixed(0)).join(" ")} MiB`,
  );
}
const growth = Object.values(memory).map((mib) => mib.at(-1) / mib[1]);
if (wrong + rejected.length > 0 || Math.max(...growth) > MAX_GROWTH) process.exitCode = 1;
