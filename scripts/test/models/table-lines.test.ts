import { execFileSync } from "node:child_process";
import { describe, expect, it } from "@jest/globals";

const file = `${__dirname}/../../models/table-lines.mjs`;

/** Runs in another process, because jest's sandbox compiles only TypeScript. */
function linesOf(report: object): string[] {
  const program = `import { tableLines } from ${JSON.stringify(`file://${file}`)};
    process.stdout.write(JSON.stringify(tableLines(${JSON.stringify(report)})));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }),
  );
}

describe("The lines of the models' table", () => {
  it("have each row with its status, unknown ones apart, and a summary", () => {
    const rows = [
      { model: "a", type: "bert", kind: "ok" },
      { model: "b", type: "?", kind: "configuration unknown" },
      {
        model: "c",
        type: "gpt",
        kind: "typed error",
        error: `UnsupportedArchitectureError: ${"x".repeat(200)}`,
      },
      { model: "d", type: "new", kind: "experimental" },
    ];
    const lines = linesOf({ rerankers: rows, embedders: [] });
    expect(lines[1]).toBe("  ok           a [bert]");
    expect(lines[2]).toMatch(/^ {2}typed error {2}c \[gpt\]: UnsupportedArchitectureError: x+…$/);
    expect(lines.slice(4, 6)).toEqual(["  of unknown configuration:", "  configuration unknown b [?]"]);
    expect(lines.at(-1)).toBe(
      "2 of 4 rerankers (1 of them experimental), 0 of 0 embedders (0 of them experimental) load.",
    );
  });
});
