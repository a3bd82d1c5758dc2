import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const EXAMPLE = join(__dirname, "..");
const GUIDE = join(EXAMPLE, "..", "..", "docs", "guide");

function run(...words: string[]) {
  return spawnSync(process.execPath, [join(EXAMPLE, "know-your-ranking.mjs"), ...words], {
    encoding: "utf8",
  });
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "know-your-ranking-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("know-your-ranking", () => {
  it("compares the usual pipelines over the guide, and writes a report", async () => {
    const report = join(folder, "report.html");
    const { stdout, stderr, status } = run(
      ...["--folder", GUIDE, "--questions", join(EXAMPLE, "questions.csv"), "--report", report, "--k", "3"],
    );
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const lines = stdout.split("\n");
    for (const name of ["BM25 (baseline)", "dense", "hybrid", "hybrid + rerank"]) {
      expect(lines.some((line) => line.startsWith(`${name}  `))).toBe(true);
    }
    expect(stdout).toContain('"hybrid + rerank" against "BM25"');
    const html = await readFile(report, "utf8");
    expect(html).toContain("What moved: “<bdi>hybrid + rerank</bdi>”");
    expect(html).toContain("How do I find a good score threshold?");
  }, 120_000);

  it("has questions whose passages are in the guide", async () => {
    const rows = (await readFile(join(EXAMPLE, "questions.csv"), "utf8")).trim().split("\n").slice(1);
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const [, passage, source] = /^[^,]*,"?(.*?)"?,([\w-]+\.md)$/.exec(row) ?? [];
      const text = (await readFile(join(GUIDE, source!), "utf8")).replace(/\s+/g, " ");
      expect(text).toContain(passage);
    }
  });

  it("says what is missing or wrong", () => {
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining("Expected --folder") });
    expect(run("--folder", GUIDE, "--k", "many").stderr).toContain("--k to be a positive integer");
  }, 60_000);
});
