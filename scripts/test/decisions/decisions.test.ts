import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

const SCRIPT = join(__dirname, "../../decisions.mjs");
const PAGE =
  "# A title\n\n- **Date**: 2026-11-30\n- **Status**: accepted; changes [0001](0001-a.md)\n\n## Context\n\nx\n\n## Decision\n\nx\n\n## Alternatives\n\nx\n\n## Consequences\n\nx\n";

let root: string;
const folder = () => join(root, "docs/decisions");
const run = (...words: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, ...words], { encoding: "utf8" });
  return { status, stderr };
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "decisions-"));
  mkdirSync(folder(), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

describe("the decisions", () => {
  it("of this repository all have the same form and are in the list", () => {
    expect(run("--check")).toEqual({ status: 0, stderr: "" });
  });

  it("are listed with date and status", () => {
    writeFileSync(join(folder(), "0002-b.md"), PAGE);
    expect(run("--check", "--root", root)).toEqual({
      status: 1,
      stderr: "docs/decisions/README.md differs from the pages. `node scripts/decisions.mjs` writes it.\n",
    });
    expect(run("--root", root).status).toBe(0);
    expect(readFileSync(join(folder(), "README.md"), "utf8")).toContain(
      "| [0002](0002-b.md) | A title | 2026-11-30 | accepted; changes [0001](0001-a.md) |\n",
    );
    expect(run("--check", "--root", root).status).toBe(0);
  });

  it.each([
    ["no date", PAGE.replace(/- \*\*Date.*\n/, ""), "YYYY-MM-DD"],
    ["its number in the title", PAGE.replace("# A", "# 2. A"), "without the number"],
    ["a section by another name", PAGE.replace("Decision", "Decided"), "got Context, Decided, Alternatives"],
    [
      "alternatives at the end",
      PAGE.replace("Alternatives", "Consequences").replace(/Consequences\n\nx\n$/, "Alternatives\n\nx\n"),
      "before the last",
    ],
    ["more than a page", `${PAGE}${"word ".repeat(700)}`, "at most 670 words"],
  ])("fail with %s", (_fault, page, message) => {
    writeFileSync(join(folder(), "0002-b.md"), page);
    const { status, stderr } = run("--root", root);
    expect(status).toBe(1);
    expect(stderr).toContain("docs/decisions/0002-b.md: expected");
    expect(stderr).toContain(message);
  });
});
