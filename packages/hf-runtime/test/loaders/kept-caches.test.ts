import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { buildGraph } from "../../src/graph/build-graph.js";
import { int8WeightType } from "../../src/graph/int8/int8-weight-type.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";

/** Caches that an earlier version left next to a model. The script in that folder describes how they were made. */
const KEPT = join(__dirname, "../fixtures/kept");
const expected = JSON.parse(readFileSync(join(KEPT, "expected.json"), "utf8")) as {
  readonly model: string;
  readonly mtime: string;
  readonly caches: readonly string[];
  readonly pairs: readonly [string, string][];
  readonly scores: Readonly<Record<"fp32" | "int8", readonly number[]>>;
};

/** Decimals that agree on every CPU. Sums are computed in different orders, and int8 products saturate without VNNI. */
const DIGITS = { fp32: 4, int8: 1 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-caches-"));
  cpSync(join(__dirname, "../fixtures/models", expected.model), folder, { recursive: true });
  for (const name of ["tokenizer.json", ...expected.caches]) {
    writeFileSync(join(folder, name), gunzipSync(readFileSync(join(KEPT, `${name}.gz`))));
  }
  const time = new Date(expected.mtime);
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), time, time);
});
afterEach(() => rmSync(folder, { recursive: true }));

const scoresIn = async (dtype: "fp32" | "int8"): Promise<number[]> => {
  const model = await loadCrossEncoder({ model: folder, dtype, threads: 1, worker: false });
  try {
    return Array.from(await model.predict(expected.pairs), Number);
  } finally {
    await model.dispose();
  }
};

/** Builds the graph with int8 weights in the given type, independent of this CPU. */
const buildInt8 = () =>
  buildGraph({
    config: JSON.parse(readFileSync(join(folder, "config.json"), "utf8")),
    weightFiles: readdirSync(folder)
      .filter((name) => /^model.*\.safetensors$/.test(name))
      .map((name) => join(folder, name)),
    task: "classify",
    dtype: "int8",
    int8Type: "int8",
  });

/** Every file of the folder with its inode, time and bytes. If a cache is made again, the first two change. */
const filesOf = () =>
  readdirSync(folder).map((name) => {
    const { ino, mtimeMs } = statSync(join(folder, name));
    return { name, ino, mtimeMs, bytes: readFileSync(join(folder, name), "base64") };
  });

/** The tables of that version lost long pieces and rounded scores differently, so they are made again under another name. */
const isOutdated = (name: string) => name.startsWith("secondpass-unigram-");

describe("Caches that an earlier version left next to a model", () => {
  it.each(["fp32", "int8"] as const)("are used unchanged, with the same scores in %s", async (dtype) => {
    const before = filesOf();
    await buildInt8();
    const scores = await scoresIn(dtype);
    const after = filesOf();
    expect(after).toEqual(expect.arrayContaining(before));
    const made = after.map(({ name }) => name).filter((name) => !before.some((file) => file.name === name));
    expect(made.filter(isOutdated)).toHaveLength(1);
    // For int8, a CPU without VNNI has its own file in addition.
    const hasOwn = dtype === "int8" && int8WeightType() !== "int8";
    expect(made.filter((name) => !isOutdated(name))).toHaveLength(hasOwn ? 1 : 0);
    expected.scores[dtype].forEach((score, i) => {
      expect(scores[i]).toBeCloseTo(score, DIGITS[dtype]);
    });
  });

  it("have today's names, except for outdated ones", async () => {
    for (const name of expected.caches) rmSync(join(folder, name));
    await buildInt8();
    await scoresIn("fp32");
    const written = readdirSync(folder).filter((name) => name.startsWith("secondpass-"));
    const upToDate = (names: readonly string[]) => names.filter((name) => !isOutdated(name)).sort();
    expect(upToDate(written)).toEqual(upToDate(expected.caches));
    expect(written.some((name) => isOutdated(name) && !expected.caches.includes(name))).toBe(true);
  });
});
