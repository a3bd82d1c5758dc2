import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { FakeEmbeddings, slowLength } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";

/** The child needs built code. */
const DIST = join(__dirname, "../../dist/index.cjs");

/** More operations than any save needs; the run ends once a save survives. */
const MAX_POINTS = 60;

interface Ended {
  readonly signal: string | null;
  readonly output: string;
}

function saveAndDie(directory: string, layout: string, point: number, text: string): Promise<Ended> {
  const script = join(__dirname, "kill-while-saving.cjs");
  const child = spawn(process.execPath, [script, DIST, directory, layout, String(point), text]);
  let output = "";
  child.stdout.on("data", (data) => {
    output += data;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_code, signal) => resolve({ signal, output }));
  });
}

describe.each([
  ["python", slowLength({ short: 2, full: 1 })],
  // The same code commits both layouts: in the short form, a few points are enough for the second.
  ["javascript", slowLength({ short: 6, full: 1 })],
] as const)("a process killed while it saves the %s layout", (layout, step) => {
  const embeddings = new FakeEmbeddings({ dimensions: 3 });
  const load = async (directory: string): Promise<string[]> => {
    const store =
      layout === "python"
        ? await FaissStore.loadFromPython(directory, embeddings)
        : await FaissStore.load(directory, embeddings);
    const found = await store.similaritySearchVectorWithScore([1, 2, 3], 9);
    return found.map(([{ pageContent }]) => pageContent.split(" ")[0]!);
  };
  const count = (texts: string[], text: string) => texts.filter((found) => found === text).length;

  it("leaves the old store or the new one, at any moment", async () => {
    const directory = await mkdtemp(join(tmpdir(), "faiss-kill-"));
    try {
      await saveAndDie(directory, layout, -1, "old");
      let killed = 0;
      const outcomes = new Set<string>();
      for (let point = 0; point < MAX_POINTS; point += step) {
        // The store that is there now is the old one of the next round.
        const [before] = await load(directory);
        const text = `point${point}`;
        const { signal, output } = await saveAndDie(directory, layout, point, text);
        const texts = await load(directory);
        const isNew = count(texts, text) === 3;
        expect(texts).toHaveLength(3);
        expect(isNew || count(texts, before!) === 3).toBe(true);
        if (output === "saved") {
          expect(isNew).toBe(true);
          break;
        }
        expect(signal).toBe("SIGKILL");
        outcomes.add(isNew ? "new" : "old");
        killed++;
      }
      expect(killed * step).toBeGreaterThan(11);
      if (step <= 2) expect(outcomes).toEqual(new Set(["old", "new"]));
      // The last save, which was not killed, took over the lock and left no other files.
      expect(await readdir(directory)).toHaveLength(2);
    } finally {
      await rm(directory, { recursive: true });
    }
  }, 240_000);
});
