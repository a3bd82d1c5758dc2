import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, jest } from "@jest/globals";
import { until } from "@secondpass/test-kit";
import { CorpusFolder } from "./corpus-folder.js";
import { runSecondpass } from "./run-secondpass.js";

// Processes that load models take seconds on a busy machine.
jest.setTimeout(120_000);

const folder = new CorpusFolder();
afterAll(() => folder.dispose());

describe("the program as a process", () => {
  it("leaves an index as it was at Ctrl-C, with code 130", async () => {
    for (let i = 0; i < 100; i++) folder.write(`${i}.txt`, `Sentence ${i} of a long text. `.repeat(500));
    const { child, output, ended } = runSecondpass(["index", folder.texts, "--index", folder.index]);
    await until(() => existsSync(join(folder.index, "writer.lock")));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(output).toEqual({ stdout: "", stderr: "" });
    expect(existsSync(folder.index)).toBe(false);
  });

  it("reads secondpass.json of its folder, and is not disturbed by a reader that leaves", async () => {
    writeFileSync(join(folder.root, "secondpass.json"), '{ "k": 3, "top-m": 3 }');
    const wrong = runSecondpass(["search", "x"], {}, folder.root);
    expect(await wrong.ended).toBe(2);
    expect(wrong.output.stderr).toContain(
      'There is no option "top-m" (secondpass.json). Did you mean "top-n"?',
    );

    const { child, output, ended } = runSecondpass(
      ["rerank", "a line", "--scores"],
      {},
      join(folder.root, "texts"),
    );
    child.stdin?.end("one line\n".repeat(300));
    child.stdout?.destroy();
    expect(await ended).toBe(0);
    expect(output.stderr).toBe("");
  });
});
