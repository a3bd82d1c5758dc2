import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

const SCRIPT = join(__dirname, "../../translations.mjs");
const run = (...words: string[]) => spawnSync(process.execPath, [SCRIPT, ...words], { encoding: "utf8" });

const SOURCE = "Links.\n\n# Title\n\nText.\n\n```js\n# no heading\n```\n\n## Use\n\n    npm test\n\nMore.\n";
const TRANSLATION = "링크.\n\n# 제목\n\n글.\n\n```js\n# no heading\n```\n\n## 쓰기\n\n    npm test\n\n더.\n";

describe("the translations", () => {
  it("of this repository are in step with their sources", () => {
    expect(run()).toMatchObject({ status: 0, stderr: "" });
  });

  it("into Korean are all on record, apart from the glossary, which has no source", () => {
    const folder = join(__dirname, "../../../docs/ko");
    const record = JSON.parse(readFileSync(join(folder, "translated-from.json"), "utf8"));
    const pages = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "glossary.md");
    expect(Object.keys(record)).toEqual(["README.ko.md", ...pages.map((name) => `docs/ko/${name}`)]);
  });

  let root: string;
  const write = (source: string, translation: string) => {
    writeFileSync(join(root, "README.md"), source);
    writeFileSync(join(root, "README.ko.md"), translation);
  };
  const check = (...words: string[]) => run("--root", root, ...words);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "secondpass-translations-"));
    mkdirSync(join(root, "docs/ko"), { recursive: true });
    write(SOURCE, TRANSLATION);
    const record = { "README.ko.md": { source: "README.md", sections: [] } };
    writeFileSync(join(root, "docs/ko/translated-from.json"), JSON.stringify(record));
    expect(check("--accept", "README.ko.md").status).toBe(0);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("are told which section of the source has changed, and how to accept it", () => {
    write(SOURCE.replace("More.", "Much more."), TRANSLATION);
    const { status, stderr } = check();
    expect(status).toBe(1);
    expect(stderr).toBe(
      'README.md: section "## Use" has changed since README.ko.md was translated.\nUpdate README.ko.md, then: node scripts/translations.mjs --accept README.ko.md\n',
    );
    expect(check("--accept").status).toBe(0);
    expect(check().status).toBe(0);
  });

  it.each([
    ["a block in fences", "# no heading\n", "# kein\n", 'the code of section "# Title" differs'],
    ["an indented block", "    npm test", "    npm testen", 'the code of section "## Use" differs'],
  ])("are told where %s differs, and given the source's", (_, old, other, message) => {
    write(SOURCE, TRANSLATION.replace(old, other));
    const { status, stderr } = check();
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(check("--accept").status).toBe(0);
    expect(readFileSync(join(root, "README.ko.md"), "utf8")).toBe(TRANSLATION);
  });

  it.each([
    [
      "a missing section",
      "## 쓰기\n",
      "",
      'like "# Title" of README.md, with as many blocks of code, got "# 제목"',
    ],
    [
      "a section too many",
      "더.\n",
      "더.\n\n## 끝\n",
      'like no further one of README.md, with as many blocks of code, got "## 끝"',
    ],
    [
      "a missing block",
      "    npm test\n",
      "",
      'like "## Use" of README.md, with as many blocks of code, got "## 쓰기"',
    ],
  ])("cannot be accepted with %s", (_, old, other, message) => {
    const record = () => readFileSync(join(root, "docs/ko/translated-from.json"), "utf8");
    const before = record();
    write(SOURCE, TRANSLATION.replace(old, other));
    for (const { status, stderr } of [check(), check("--accept")]) {
      expect(status).toBe(1);
      expect(stderr).toContain(message);
    }
    expect(record()).toBe(before);
  });

  it("are known by name", () => {
    expect(check("LIESMICH.md")).toMatchObject({
      status: 2,
      stderr: "Expected one of README.ko.md, got LIESMICH.md.\n",
    });
  });
});
