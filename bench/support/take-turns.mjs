import { setTimeout as sleep } from "node:timers/promises";
import { randomNumbers } from "./random-numbers.mjs";

/** Pause between two turns: threads of OpenMP and of ONNX Runtime spin for a while after their work. */
const SETTLE_MS = 40;

/**
 * Lets contenders take turns at the same job, in an order that changes from round to round, so that other work of the machine
 * affects all equally.
 *
 * @template T
 * @param {Readonly<Record<string, (round: number) => Promise<T>>>} contenders by name
 * @param {object} options
 * @param {number} options.rounds
 * @param {number} [options.budgetMs] it stops early, after at least `leastRounds` (3), when this time is spent
 * @param {number} [options.leastRounds]
 * @param {number} [options.seed] of the orders
 * @param {(name: string, error: Error) => void} [options.onError] called with a contender that fails, which is then left out with its results; without it the error is thrown
 * @returns {Promise<Record<string, T[]>>} results by name, one a round
 */
export async function takeTurns(
  contenders,
  { rounds, leastRounds = 3, budgetMs = Number.POSITIVE_INFINITY, seed = 1, onError },
) {
  const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const random = randomNumbers(seed);
  const begun = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= leastRounds && performance.now() - begun > budgetMs) break;
    for (const name of shuffled(Object.keys(results), random)) {
      await sleep(SETTLE_MS);
      try {
        results[name].push(await contenders[name](round));
      } catch (error) {
        if (onError === undefined) throw error;
        delete results[name];
        onError(name, error);
      }
    }
  }
  return results;
}

function shuffled(list, random) {
  const keyed = list.map((entry) => [random(), entry]);
  return keyed.sort(([a], [b]) => a - b).map(([, entry]) => entry);
}
