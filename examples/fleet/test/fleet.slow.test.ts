import { describe, expect, it } from "@jest/globals";
import { expectNothingLost, type FaultReport } from "./fault-report.js";
import { runTrial } from "./run-trial.js";

// `npm test` needs neither Postgres nor HAProxy; the short form is in fleet.services.test.ts.
const isWhole = process.env.SECONDPASS_SLOW === "1";

describe("the whole fleet, at full length", () => {
  (isWhole ? it : it.skip)(
    "loses none of 20,000 chunks while workers, servers and the database are killed",
    async () => {
      const report = await runTrial<FaultReport>("fault-trial", {
        chunks: 20_000,
        questions: 40,
        workers: 4,
        servers: 3,
        clients: 2,
        seed: process.env.SECONDPASS_SEED === "random" ? Math.floor(Math.random() * 2 ** 31) : 1,
        faults: { worker: 12, server: 6, database: 3 },
        laterFaults: { worker: 0, server: 4, database: 2 },
        pauseMs: 4000,
        thinkMs: 300,
        jobSeconds: 20,
      });
      expect(report.chunks.expected).toBe(20_000);
      expect(report.kills).toEqual({ worker: 12, server: 10, database: 5 });
      expectNothingLost(report, 40);
    },
    3_600_000,
  );
});
