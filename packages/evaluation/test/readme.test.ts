import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import * as evaluation from "../src/index.js";

const AsyncFunction = (async () => undefined).constructor as new (
  ...names: string[]
) => (...values: unknown[]) => Promise<void>;

describe("README.md", () => {
  it("has an example that prints its output", async () => {
    const readme = await readFile(join(__dirname, "..", "README.md"), "utf8");
    const [, code, output] = /```js\n([\s\S]*?)```\n\n((?: {4}.*\n)+)/.exec(readme) ?? [];
    const body = code!.replace(
      /^import (\{.*?\}) from "@secondpass\/evaluation";$/m,
      "const $1 = evaluation;",
    );
    const lines: string[] = [];
    const console = { log: (...words: unknown[]) => lines.push(words.join(" ")) };
    await new AsyncFunction("evaluation", "console", body)(evaluation, console);
    expect(lines).toEqual(
      output!
        .trimEnd()
        .split("\n")
        .map((line) => line.slice(4)),
    );
  });
});
