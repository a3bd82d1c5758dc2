import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { type FolderHub, startFolderHub } from "@secondpass/test-kit";
import { runCli } from "../run-cli.js";

jest.setTimeout(120_000);

const PROGRAM = "verify-hub.js";
const work = mkdtempSync(join(tmpdir(), "secondpass-verify-"));

/** Passages in the style of the notebook's, among paragraphs about something else. */
const TEXT = [
  "Look at cars. \n\nI have a better plan to fight inflation. \n\nMore goods moving faster and cheaper in America.",
  ...Array.from({ length: 25 }, (_, i) => `Paragraph ${i} is about the fruit of a garden. `.repeat(9)),
].join("\n\n");

/** Writes an executable that replaces Python and runs a script in Node. */
function pretendPython(name: string, script: string): string {
  const path = join(work, name);
  writeFileSync(path, `#!/usr/bin/env node\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("npm run verify:hub, against a hub on loopback that has the mini models under the notebook's names", () => {
  let hub: FolderHub;
  let env: Record<string, string>;
  const file = join(work, "speech.txt");
  beforeAll(async () => {
    writeFileSync(file, TEXT);
    hub = await startFolderHub({
      "BAAI/bge-reranker-base": RERANKER_PATH,
      "sentence-transformers/msmarco-distilbert-dot-v5": EMBEDDER_PATH,
    });
    env = { HF_ENDPOINT: hub.url, HF_HOME: join(work, "home"), XDG_CACHE_HOME: join(work, "cache") };
  });
  afterAll(async () => {
    await hub.close();
    rmSync(work, { recursive: true, force: true });
  });

  it("runs the whole pipeline on downloaded models, and fails because the passages differ", async () => {
    const run = await runCli(["--file", file, "--python", join(work, "no-python")], env, PROGRAM);
    expect(run.stdout).toMatch(/^ok {7}text: 2\d chunks of /m);
    expect(run.stdout).toMatch(/^ok {7}first pass: 20 candidates by sentence-transformers\/msmarco/m);
    expect(run.stdout).toMatch(
      /^ok {7}second pass: scores 0\.\d{4}, 0\.\d{4}, 0\.\d{4} by BAAI\/bge-reranker-base$/m,
    );
    expect(run.stdout).toMatch(
      /^failed {3}passage 1: expected "More infrastructure and innovation in America\.…", got "/m,
    );
    expect(run.stdout).toMatch(
      /^skipped {2}scores and vectors of Python: \S+no-python could not be started/m,
    );
    expect(run.code).toBe(1);
    expect(readdirSync(join(work, "home/hub"))).toEqual(
      expect.arrayContaining(["models--BAAI--bge-reranker-base"]),
    );
  });

  it("compares with Python's results, and says how Python failed", async () => {
    // The number of values is right, but the values are wrong.
    const wrong = pretendPython(
      "wrong-python",
      `let text = ""; process.stdin.on("data", (piece) => { text += piece; }).on("end", () => {
        const { texts } = JSON.parse(text);
        const vectors = [0, ...texts].map(() => Array.from({ length: 256 }, (_, i) => i % 2 ? 1 : -1));
        console.log(JSON.stringify({ version: "9.9.9", scores: texts.map(() => 0.5), vectors }));
      });`,
    );
    const broken = pretendPython(
      "broken-python",
      `console.error("Traceback\\nMemoryError"); process.exit(1);`,
    );
    const compared = await runCli(["--file", file, "--python", wrong], env, PROGRAM);
    expect(compared.stdout).toMatch(
      /^failed {3}scores of sentence-transformers 9\.9\.9: 20 pairs, largest difference /m,
    );
    expect(compared.stdout).toMatch(
      /^failed {3}vectors of sentence-transformers 9\.9\.9: 21 texts, smallest cosine /m,
    );
    const failed = await runCli(["--file", file, "--python", broken], env, PROGRAM);
    expect(failed).toMatchObject({ code: 1, stderr: `${broken} ended with 1: MemoryError\n` });
  });

  it("says in one sentence that the hub cannot be reached", async () => {
    const offline = { HF_ENDPOINT: "http://127.0.0.1:9", HF_HOME: join(work, "empty") };
    const run = await runCli(["--file", file], offline, PROGRAM);
    expect(run.code).toBe(1);
    expect(run.stderr.trim().split("\n")).toHaveLength(1);
  });
});
