import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const SRC = join(__dirname, "../src");
const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((name) => name.endsWith(".ts"));

/** Files whose import statements, those of types left out, name a module. */
const importersOf = (module: RegExp) =>
  files.filter((name) => {
    const imports = readFileSync(join(SRC, name), "utf8").matchAll(
      /^import (?!type\b)[^;]*? from "([^"]+)";/gms,
    );
    return [...imports].some(([, path]) => module.test(path!));
  });

describe("libraries that few models need", () => {
  // Together they take a third of the time in which this package is imported.
  it.each([/@huggingface\/tokenizers/, /@eslint-community\/regexpp/])(
    "are imported only when a tokenizer needs them: %s",
    (library) => {
      expect(importersOf(library)).toEqual([]);
      expect(readFileSync(join(SRC, "tokenizer/pattern/pattern-libraries.ts"), "utf8")).toMatch(library);
    },
  );

  it("are imported only when a model has a chat template: jinja", () => {
    const templates = importersOf(/@huggingface\/jinja/);
    expect(templates).toContain(join("inputs", "chat-template.ts"));
    for (const name of templates) {
      const own = new RegExp(`/${name.split(/[\\/]/).pop()!.replace(".ts", "\\.js")}$`);
      expect(importersOf(own).filter((importer) => !templates.includes(importer))).toEqual([]);
    }
  });
});
