import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CrashWriter } from "@secondpass/test-kit";
import { loadTrecRun, ScoreCalibration, saveCalibration, writeTrecRun } from "../src/index.js";

/** Far more lines than one write takes. */
const LINES = 5_000;

export const CRASH_WRITERS: Readonly<Record<string, CrashWriter>> = {
  "a calibration": {
    write: async (folder, version) => {
      const labelled = Array.from({ length: 1_500 }, (_, i) => ({
        score: i,
        relevant: i % 3 === 0 || i > 700,
      }));
      await saveCalibration(
        ScoreCalibration.fit(labelled, { model: version }),
        join(folder, "calibration.json"),
      );
    },
    read: async (folder) => {
      const { format, ...data } = JSON.parse(await readFile(join(folder, "calibration.json"), "utf8"));
      new ScoreCalibration(data).thresholdFor({ f1: true });
      return [data.model];
    },
    entries: ["calibration.json"],
  },
  "a TREC run": {
    write: (folder, version) =>
      writeTrecRun(join(folder, "run"), {
        q: Object.fromEntries(Array.from({ length: LINES }, (_, i) => [`${version}-${i}`, i])),
      }),
    read: async (folder) => {
      const run = await loadTrecRun(join(folder, "run"));
      const versions = new Set(Array.from(run.get("q")!.keys(), (id) => id.slice(0, id.lastIndexOf("-"))));
      if (run.get("q")!.size !== LINES || versions.size !== 1) throw new Error(`damaged: ${[...versions]}`);
      return [...versions];
    },
    entries: ["run"],
  },
};
