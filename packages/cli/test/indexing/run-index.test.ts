import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { until } from "@secondpass/test-kit";
import { CorpusIndex } from "../../src/corpus/corpus-index.js";
import { InterruptedError } from "../../src/errors/interrupted-error.js";
import { CorpusFolder } from "../corpus-folder.js";
import { runMain } from "../run-main.js";

jest.setTimeout(60_000);

const folder = new CorpusFolder({
  "guide/saving.md": "# Saving\n\nAn index is saved to a folder.\n\n## Loading\n\nIt is loaded from there.\n",
  "bananas.txt": "Bananas ripen faster in a paper bag.\r\n\r\nThe bag keeps the gas.\r\n",
  "alps.html": "<title>Alps</title><p>Mont Blanc is 4806&nbsp;m high.</p><script>let hidden;</script>",
  "empty.txt": "",
  "table.csv": "not,a,text",
  ".hidden.md": "hidden",
  "node_modules/x/README.md": "installed",
});
afterAll(() => folder.dispose());
const index = (...words: string[]) => runMain(["index", folder.texts, "--index", folder.index, ...words]);

/** Texts of the index by file. */
async function indexed(at = folder.index): Promise<Record<string, string[]>> {
  await using opened = await CorpusIndex.open(at, { usesVectors: false });
  const texts: Record<string, string[]> = {};
  for await (const { pageContent, metadata } of opened.store.allDocuments()) {
    const { source } = metadata as { source: string };
    texts[source] = [...(texts[source] ?? []), pageContent];
  }
  return texts;
}

describe("secondpass index", () => {
  beforeAll(async () => {
    expect(await index()).toMatchObject({
      code: 0,
      stdout: `${folder.index}: 3 passages; files: 3 new, 1 unchanged\n`,
      stderr: "",
    });
  });

  it("indexes texts, each by its kind, and nothing else", async () => {
    expect(await indexed()).toEqual({
      "guide/saving.md": [
        "# Saving\n\nAn index is saved to a folder.\n\n## Loading\n\nIt is loaded from there.",
      ],
      "bananas.txt": ["Bananas ripen faster in a paper bag.\n\nThe bag keeps the gas."],
      "alps.html": ["Alps\n\nMont Blanc is 4806 m high."],
    });
  });

  it("embeds changed files, and removes deleted ones", async () => {
    const before = readdirSync(folder.index);
    folder.write("bananas.txt", "Bananas are yellow.");
    folder.write("new.md", "Quinces are yellow, too.");
    folder.remove("guide");
    const { code, stdout } = await index("--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      index: folder.index,
      ...{ added: 1, changed: 1, removed: 1, unchanged: 2, passages: 3, problems: [] },
    });
    expect(Object.keys(await indexed()).sort()).toEqual(["alps.html", "bananas.txt", "new.md"]);
    expect((await index()).stdout).toContain("files: 4 unchanged");
    expect(readdirSync(folder.index)).toEqual(before);
  });

  it("names files that it cannot read, keeps their passages, and exits with 1", async () => {
    folder.write("bananas.txt", Uint8Array.from([0x63, 0x61, 0x66, 0xe9]));
    const { code, stdout, stderr } = await index();
    expect(code).toBe(1);
    expect(stdout).toContain("1 unreadable");
    expect(stderr).toBe(
      "bananas.txt: It is not text in utf-8 (byte 4). Name its encoding with --encoding, or leave it out with --exclude.\n",
    );
    expect((await indexed())["bananas.txt"]).toEqual(["Bananas are yellow."]);
    folder.write("bananas.txt", "Bananas are yellow.");
  });

  it("replaces an index with other settings only with --force, and says what differs", async () => {
    const before = readFileSync(join(folder.index, "index.json"), "utf8");
    const { code, stderr } = await index("--chunk-size", "300", "--glob", "*.md");
    expect([code, stderr]).toEqual([
      1,
      `The index in ${folder.index} was made with other settings: --chunk-size was 500 and is 300; --chunk-overlap was 100 and is 60; --glob was not given and is *.md. Keep both by choosing another folder with --index, or replace it with --force.\n`,
    ]);
    const other = new CorpusFolder({ "b.txt": "Berlin is a city." });
    const words = ["index", other.texts, "--index", folder.index];
    expect(await runMain(words)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("the folder was"),
    });
    expect(readFileSync(join(folder.index, "index.json"), "utf8")).toBe(before);

    expect(await runMain([...words, "--force"])).toMatchObject({ code: 0 });
    expect(await indexed()).toEqual({ "b.txt": ["Berlin is a city."] });
    expect(readdirSync(folder.index)).toHaveLength(2);
    expect(await index("--force")).toMatchObject({ code: 0 });
    expect(Object.keys(await indexed()).sort()).toEqual(["alps.html", "bananas.txt", "new.md"]);
    other.dispose();
  });

  it("leaves foreign files alone", async () => {
    const foreign = join(folder.root, "foreign");
    mkdirSync(foreign);
    writeFileSync(join(foreign, "docstore.json"), "mine");
    const words = ["index", folder.texts, "--index", foreign];
    expect(await runMain(words)).toMatchObject({ code: 1, stderr: expect.stringContaining("docstore.json") });
    expect(readdirSync(foreign)).toEqual(["docstore.json"]);
    expect(await runMain([...words, "--force"])).toMatchObject({ code: 0 });
    expect(readFileSync(join(foreign, "docstore.json"), "utf8")).toBe("mine");
  });

  it("says that an index is damaged, and rebuilds it with --force", async () => {
    const store = readdirSync(folder.index).find((name) => name.startsWith("store-")) as string;
    writeFileSync(join(folder.index, store, "docstore.json"), "[");
    const { code, stderr } = await index();
    expect(code).toBe(1);
    expect(stderr).toMatch(/is damaged\..*--force\n$/);
    expect(await index("--force")).toMatchObject({ code: 0, stdout: expect.stringContaining("3 passages") });
    expect(Object.keys(await indexed())).toHaveLength(3);
  });

  it.each<[string, string[], RegExp, number]>([
    ["no folder", ["index"], /Expected one folder to index, got none/, 2],
    ["two folders", ["index", "a", "b"], /Expected one folder to index, got a b/, 2],
    [
      "a folder that does not exist",
      ["index", "nowhere"],
      /Expected the folder nowhere to index: there is no such/,
      2,
    ],
    ["a file", ["index", join(folder.texts, "new.md")], /got the file .*new\.md\. Give its folder/, 2],
    ["an unknown encoding", ["index", folder.texts, "--encoding", "klingon"], /--encoding .*got klingon/, 2],
    ["a glob that leads out", ["index", folder.texts, "--glob", "../*"], /Expected --glob to be a glob/, 2],
    [
      "an overlap that is too large",
      ["index", folder.texts, "--chunk-size=9", "--chunk-overlap=9"],
      /--chunk-overlap below --chunk-size \(9\)/,
      2,
    ],
    [
      "nothing to index",
      ["index", folder.texts, "--glob", "*.none", "--index", join(folder.root, "x")],
      /no files to index .*--glob/,
      1,
    ],
    [
      "an index that is a file",
      ["index", folder.texts, "--index", join(folder.texts, "new.md")],
      /Expected --index to be a folder/,
      1,
    ],
    [
      "a missing embedder",
      ["index", folder.texts, "--index", join(folder.root, "x"), "--embedder", "./none"],
      /--embedder/,
      1,
    ],
  ])("rejects %s", async (_name, words, message, code) => {
    const answer = await runMain(words);
    expect(answer.stderr).toMatch(message);
    expect(answer.code).toBe(code);
    expect(answer.stdout).toBe("");
    expect(existsSync(join(folder.root, "x"))).toBe(false);
  });

  it("shows progress as one line on a terminal, and no progress elsewhere", async () => {
    const at = join(folder.root, "shown");
    const { stderr } = await runMain(["index", folder.texts, "--index", at], { terminal: 20 });
    expect(stderr).toContain("Reading files");
    expect(stderr).not.toContain("\n");
    // The line is empty in the end.
    expect(stderr.endsWith("\r\u001b[2K")).toBe(true);
  });
});

describe("secondpass index --watch", () => {
  it("follows saves by rename, new folders and deletions, and exits cleanly", async () => {
    const watched = new CorpusFolder({ "a.md": "One text.", "old/b.md": "Another text." });
    const output = { stdout: "", stderr: "" };
    const stop = new AbortController();
    const run = runMain(["index", watched.texts, "--index", watched.index, "--watch"], {
      signal: stop.signal,
      output,
    });
    await until(() => output.stderr.includes("Watching"));

    watched.write("a.md.tmp", "One text, changed.");
    renameSync(join(watched.texts, "a.md.tmp"), join(watched.texts, "a.md"));
    await until(() => output.stdout.includes("1 changed"));
    watched.remove("old");
    await until(() => output.stdout.includes("1 removed"));
    watched.write("new/deep/c.md", "A third text.");
    await until(() => output.stdout.split("1 new").length > 1);
    stop.abort(new InterruptedError(130));
    expect((await run).code).toBe(0);
    expect(await indexed(watched.index)).toEqual({
      "a.md": ["One text, changed."],
      "new/deep/c.md": ["A third text."],
    });
    watched.dispose();
  });
});
