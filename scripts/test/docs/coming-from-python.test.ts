import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(__dirname, "../../..");
const PAGE = "docs/guide/17-coming-from-langchain-python.md";

interface PythonClass {
  readonly class: string;
  /** Name and default. */
  readonly options: readonly (readonly [string, string])[];
  readonly methods: readonly string[];
}

const golden = JSON.parse(readFileSync(join(__dirname, "goldens/langchain-signatures.json"), "utf8")) as {
  readonly certificate: Readonly<Record<string, string>>;
  readonly cases: readonly PythonClass[];
};
const page = readFileSync(join(ROOT, PAGE), "utf8");

/** First two cells of the rows under a heading. */
function rowsOf(heading: string): (readonly [string, string])[] {
  const section = page.split(/^##+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\| `([^|]+)` \| (?:`([^|]*)`)? ?\|/gm)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
}

describe("the chapter for those who come from Python", () => {
  it.each(golden.cases)(
    "lists every option and method of $class, with its default",
    ({ class: name, options, methods }) => {
      expect(page).toContain(`\n### ${name}\n`);
      expect(rowsOf(name)).toEqual([...options, ...methods.map((method) => [method, ""])]);
    },
  );

  it("names the versions that it was compared with", () => {
    const { generatedBy: _script, ...versions } = golden.certificate;
    for (const [library, version] of Object.entries(versions)) {
      expect(page.replaceAll("\n", " ")).toContain(`${library} ${version}`);
    }
  });
});
