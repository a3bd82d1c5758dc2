import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { seededRandom, slowLength } from "@secondpass/test-kit";
import { startContainerProcess } from "@secondpass/test-kit/sagemaker";
import { ACTORS, type Stage } from "./actors.js";
import { knownTexts } from "./known-texts.js";
import { SoakReport } from "./soak-report.js";

/** Length of the test; `SOAK_SECONDS` changes it. */
const SECONDS = Number(process.env.SOAK_SECONDS ?? slowLength({ short: 30, full: 1800 }));
const IS_FULL = SECONDS > 60;
/** Number of each actor at a time. */
const CAST: Readonly<Record<string, number>> = {
  good: 4,
  burst: 1,
  leaver: 2,
  resetter: 2,
  slow: 12,
  broken: 1,
  gibberish: 1,
  big: 1,
};
/**
 * How much the memory may differ from its level after the warm-up. In the short form the warm-up is hardly over: the check only shows that
 * the memory does not grow without limit.
 */
const MAX_GROWTH = IS_FULL ? 1.05 : 1.6;
/** Longest wait for `/ping` in ms: SageMaker's limit. In the short form it is longer, because other tests keep the machine busy. */
const PING_MS = IS_FULL ? 2000 : 15_000;

describe("the endpoint under faults", () => {
  let stop: (() => Promise<unknown>) | undefined;
  afterEach(() => stop?.());

  it(
    `answers correctly for ${SECONDS} s, stays healthy, and does not grow`,
    async () => {
      const known = await knownTexts(RERANKER_PATH);
      const server = await startContainerProcess({
        command: [process.execPath, join(__dirname, "../../dist/cli.js"), "serve"],
        env: { HF_MODEL_ID: RERANKER_PATH, MAX_CONCURRENT_REQUESTS: "64", LOG_LEVEL: "trace" },
      });
      stop = server.stop;
      const report = new SoakReport();
      const random = seededRandom(18);
      const started = performance.now();
      const now = () => performance.now() - started;
      const isOver = () => now() > SECONDS * 1000 || report.faults.length >= 20;
      const stage: Stage = { url: server.url, known, report, random };

      const act = async (name: string) => {
        while (!isOver()) await ACTORS[name]?.(stage);
      };
      const watch = async () => {
        while (!isOver()) {
          await new Promise((resolve) => setTimeout(resolve, 250));
          const startMs = performance.now();
          const ping = await fetch(`${server.url}/ping`, { signal: AbortSignal.timeout(60_000) }).catch(
            String,
          );
          const ms = performance.now() - startMs;
          if (typeof ping === "string" || ping.status !== 200) {
            report.fault(`ping: ${typeof ping === "string" ? ping : ping.status}`);
          }
          if (ms > PING_MS) report.fault(`ping: ${Math.round(ms)} ms`);
          const metrics = await (await fetch(`${server.url}/metrics`)).text();
          const bytes = Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
          report.memory.push({ at: now(), mib: bytes / 2 ** 20 });
        }
      };
      const cast = Object.entries(CAST).flatMap(([name, count]) => Array<string>(count).fill(name));
      await Promise.all([watch(), ...cast.map(act)]);

      expect(report.faults).toEqual([]);
      expect(await server.stop()).toBe(0);
      for (const seen of ["good 200", "burst 200", "burst 429", "leaver left", "big 413", "broken 400"]) {
        expect([seen, report.counts[seen] ?? 0]).not.toEqual([seen, 0]);
      }
      const end = SECONDS * 1000;
      const level = report.memoryMib(end * 0.3, end * 0.45);
      const last = report.memoryMib(end * 0.85, end);
      if (IS_FULL) console.log({ level, last, ...report.counts });
      expect(last / level).toBeLessThanOrEqual(MAX_GROWTH);
    },
    (SECONDS + 120) * 1000,
  );
});
