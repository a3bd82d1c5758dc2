import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { runCli } from "./run-cli.js";

jest.setTimeout(120_000);

interface Report {
  query: string;
  documents: number;
  chunks: number;
  reused: boolean;
  mode: string;
  firstPass: { pageContent: string; metadata: { fusion: { score: number } } }[];
  secondPass: { pageContent: string; metadata: { relevanceScore: number; source: string }; was: number }[];
}

describe("the demo", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "secondpass-demo-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function file(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  it("answers its default question from the guide, and prints the former place of each answer", async () => {
    const { code, stdout, stderr } = await runCli(["--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const report = JSON.parse(stdout) as Report;
    expect(report.firstPass).toHaveLength(20);
    expect(report.secondPass).toHaveLength(3);
    expect(report.mode).toBe("hybrid");
    for (const { pageContent, was } of report.secondPass)
      expect(report.firstPass[was - 1]?.pageContent).toBe(pageContent);
    const fused = report.firstPass.map(({ metadata }) => metadata.fusion.score);
    expect(fused).toEqual([...fused].sort((a, b) => b - a));
    expect(report.secondPass[0]!.pageContent).toContain("## What it cannot do");
  });

  it("searches only by words or only by meaning, and prints the scores", async () => {
    const [question, rare] = ["Which animal barks?", "It says woof whenever strangers come."];
    const path = await file("halves.txt", `Dogs bark.\n\n${rare}\n\nThe animal register of which he spoke.`);
    const args = [question, "--file", path, "--chunk-size", "40", "--k", "9"];
    const pass = async (option: string) => {
      const { stdout } = await runCli([...args, option]);
      return stdout.slice(stdout.indexOf("=== First pass"), stdout.indexOf("=== Second pass"));
    };
    const [hybrid, dense, lexical] = [await pass("--k=9"), await pass("--dense"), await pass("--lexical")];
    expect(hybrid).toMatch(/the best 3 by words and meaning, [\s\S]*: words \d+\.\d\d, meaning -?\d\.\d\d, /);
    expect(dense).toMatch(/the best 3 by meaning, [\s\S]*: meaning -?\d\.\d\d, /);
    expect(dense).not.toMatch(/: words/);
    // No word of the question is in the other text.
    expect(lexical).toMatch(/the best 2 by words, [\s\S]*: words \d+\.\d\d, /);
    expect(lexical).not.toContain(rare);
  });

  it("prints the notebook's blocks for both passes, with score and former place", async () => {
    const { stdout } = await runCli([
      "What happens if the process crashes while saving?",
      "--k",
      "5",
      "--top-n",
      "2",
    ]);
    expect(stdout).toMatch(/^Query: What happens if the process crashes while saving\?\n/);
    expect(stdout.split(`\n${"-".repeat(100)}\n`)).toHaveLength(1 + 4 + 1);
    expect(stdout).toMatch(
      /Document 1: score \d\.\d{4}, was [1-5](st|nd|rd|th), .*docs.guide.[\w-]+\.md:\d+-\d+\n\n/,
    );
    expect(stdout).toMatch(/\nload \d+ ms · split \d+ ms · .*\n$/);
  });

  it("returns all chunks if k is larger than the corpus", async () => {
    const path = await file("small.txt", "Cats purr.\n\nDogs bark.");
    const { stdout } = await runCli([
      "Which animal barks?",
      "--file",
      path,
      "--json",
      "--chunk-size",
      "12",
      "--k",
      "99",
    ]);
    const { firstPass, secondPass } = JSON.parse(stdout) as Report;
    expect([firstPass.length, secondPass.length]).toEqual([2, 2]);
    expect(secondPass.map(({ pageContent }) => pageContent).sort()).toEqual(["Cats purr.", "Dogs bark."]);
  });

  it("searches several files, and text that its models do not know", async () => {
    const korean = await file(
      "korean.txt",
      "대한민국의 주권은 국민에게 있고, 모든 권력은 국민으로부터 나온다.",
    );
    const english = await file("english.txt", "All power emanates from the people.");
    const { code, stdout } = await runCli(["주권은 누구에게 있는가?", "--json", "--file", korean, english]);
    expect(code).toBe(0);
    const { documents, secondPass } = JSON.parse(stdout) as Report;
    expect(documents).toBe(2);
    expect(secondPass.map(({ metadata }) => metadata.source).sort()).toEqual([english, korean]);
  });

  it.each([
    ["나라의 주권은 누구에게 있나요?", "② 대한민국의 주권은 국민에게 있고, 모든 권력은 국민으로부터 나온다."],
    ["정당은 어떤 경우에 해산되나요?", "정당은 헌법재판소의 심판에 의하여 해산된다."],
    ["체포할 때 영장이 필요한가요?", "법관이 발부한 영장을 제시하여야 한다."],
  ])(
    "answers %s from the Korean constitution, by words alone and without a warning",
    async (question, answer) => {
      const { code, stdout, stderr } = await runCli(["--preset", "korean", question]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const [, first, rest] =
        /=== No second pass: .*\n\nDocument 1: words \d\.\d\d, .*\n([\s\S]*?)\n-{100}\n([\s\S]*)/.exec(
          stdout,
        )!;
      expect(first).toContain(answer);
      expect(rest).toMatch(
        /\n\nThe bundled models know English only, .* --reranker BAAI\/bge-reranker-v2-m3 /,
      );
    },
  );

  it("reranks the Korean constitution with a given reranker, without a remark on the bundled ones", async () => {
    const { stdout } = await runCli(["--preset", "korean", "--reranker", RERANKER_PATH, "--top-n", "1"]);
    expect(stdout).toMatch(/the best \d+ by words, [\s\S]*=== Second pass: the best 1, /);
    expect(stdout).not.toContain("bundled");
  });

  it("searches a folder, and files of another encoding", async () => {
    const directory = join(folder, "notes");
    await mkdir(directory);
    await writeFile(join(directory, "menu.md"), Buffer.from("Un caf\u00e9, s'il vous pla\u00eet.", "latin1"));
    await writeFile(join(directory, "menu.pdf"), "no text");
    const { stdout } = await runCli(["coffee", "--json", "--dir", directory, "--encoding", "windows-1252"]);
    const { documents, secondPass } = JSON.parse(stdout) as Report;
    expect(documents).toBe(1);
    expect(secondPass[0]?.pageContent).toBe("Un café, s'il vous plaît.");
  });

  it("prints only the answers with --quiet", async () => {
    const path = await file("quiet.txt", "One line.");
    const { stdout, stderr } = await runCli(["line", "--quiet", "--file", path]);
    expect(stdout).toMatch(/^Document 1: score \d\.\d{4}, was 1st, .*quiet\.txt:1-1\n\nOne line\.\n$/);
    expect(stderr).toBe("");
  });

  it("handles 20 MB", async () => {
    const line = "The quick brown fox jumps over the lazy dog, and nobody asks why it should. ";
    const path = await file("large.txt", `${line.repeat(260_000)}\n\nThe password of the day is swordfish.`);
    const { code, stdout } = await runCli(["password", "--file", path, "--json", "--chunk-size", "200000"]);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Report).chunks).toBeGreaterThan(90);
  });

  it("saves the index and reuses it while texts and model stay the same", async () => {
    const path = await file("indexed.txt", "Iron rusts.\n\nGold does not rust.");
    const args = [
      "Which metal rusts?",
      "--file",
      path,
      "--index",
      join(folder, "index"),
      "--json",
      "--chunk-size",
      "20",
    ];
    const first = JSON.parse((await runCli(args)).stdout) as Report;
    expect(first.reused).toBe(false);
    expect(await readdir(join(folder, "index"))).toContain("built-from.json");
    const second = JSON.parse((await runCli(args)).stdout) as Report;
    expect(second.reused).toBe(true);
    expect(second.secondPass).toEqual(first.secondPass);
    await file("indexed.txt", "Copper turns green.\n\nGold does not rust.");
    const third = JSON.parse((await runCli(args)).stdout) as Report;
    expect(third.reused).toBe(false);
    expect(third.firstPass.map(({ pageContent }) => pageContent).sort()).toEqual([
      "Copper turns green.",
      "Gold does not rust.",
    ]);
  });

  it.each([
    ["a missing file", ["--file", "/no/such/file.txt"], 1, /\/no\/such\/file\.txt/],
    ["a model that does not exist", ["--reranker", "nobody/no-model"], 1, /127\.0\.0\.1/],
    ["a folder that is not a model", ["--embeddings", "./no-model-here"], 1, /no-model-here/],
    ["an unknown option", ["--frobnicate"], 2, /frobnicate/],
    [
      "an overlap as large as the chunk",
      ["--chunk-size", "50", "--chunk-overlap", "50"],
      2,
      /--chunk-overlap below --chunk-size \(50\), got 50/,
    ],
    ["a k that is not a number", ["--k", "many"], 2, /--k to be a whole number of at least 1, got "many"/],
    ["an unknown preset", ["--preset", "huge"], 2, /mini, notebook, korean, got "huge"/],
    [
      "a preset named like a property of JavaScript's objects",
      ["--preset", "toString"],
      2,
      /mini, notebook, korean, got "toString"/,
    ],
    ["a blank question", [" "], 2, /a question, got a blank one/],
    ["files and a folder", ["--file", "a.txt", "--dir", "b"], 2, /--file or --dir, got both/],
    ["both halves alone", ["--dense", "--lexical"], 2, /--dense or --lexical, got both/],
    ["a reranker and none", ["--no-rerank", "--reranker", "x"], 2, /--no-rerank or --reranker, got both/],
    ["a missing folder", ["--dir", "/no/such"], 1, /\/no\/such/],
    ["a folder given as a file", ["--file", "/"], 1, /got a folder/],
    ["an unknown encoding", ["--file", __filename, "--encoding", "klingon"], 1, /klingon/],
  ])("says in one sentence what is wrong with %s", async (_, args, code, message) => {
    const run = await runCli(args);
    expect(run.code).toBe(code);
    expect(run.stdout).toBe("");
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  it("says that it needs the network for the notebook's models, and leaves nothing behind", async () => {
    const path = await file("speech.txt", "The economy will grow.");
    const home = join(folder, "home");
    const run = await runCli(["--preset", "notebook", "--file", path, "--index", join(home, "index")], {
      HF_HOME: join(home, "hugging-face"),
    });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(/^[^\n]*127\.0\.0\.1[^\n]*Check the connection[^\n]*\n$/);
    await expect(readdir(home)).rejects.toThrow("ENOENT");
  });

  it("names the byte that is not text, and the file", async () => {
    const path = await file("binary.txt", Uint8Array.of(0x41, 0xff, 0x42));
    const run = await runCli(["--file", path]);
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toContain(`"${path}" to be text in utf-8, got other bytes at byte 1`);
  });

  it("says that an empty file has nothing to search", async () => {
    const path = await file("empty.txt", " \n ");
    const run = await runCli(["--file", path]);
    expect(run).toMatchObject({ code: 1, stderr: `Expected text to search, found none in ${path}.\n` });
  });
});
