import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { main } from "../../src/main.js";
import { version } from "../../src/manifest/version.js";
import { runMain } from "../run-main.js";

jest.setTimeout(60_000);

const OLD = 'import { FaissStore } from "@langchain/community/vectorstores/faiss";\n';
const NEW = 'import { FaissStore } from "@secondpass/vectorstore-faiss";\n';

/** A project with its own repository. */
class Project {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "secondpass-migrate-")));

  write(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read = (name: string): string => readFileSync(this.path(name), "utf8");

  path = (name: string): string => join(this.root, name);

  git(...words: string[]): string {
    const user = ["-c", "user.name=a", "-c", "user.email=a@b"];
    return execFileSync("git", ["-C", this.root, ...user, ...words], { encoding: "utf8" });
  }

  commit(): void {
    this.git("init", "-q");
    this.git("add", "-A");
    this.git("commit", "-qm", "x");
  }
}

describe("secondpass migrate", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => rmSync(project.root, { recursive: true, force: true }));
  const migrate = (...words: string[]) => runMain(["migrate", ...words]);

  it("shows a diff that git applies, and then writes the same", async () => {
    const manifest = {
      name: "app",
      dependencies: {
        "@langchain/community": "^1.1.0",
        "@langchain/core": "^1.0.0",
        "faiss-node": "^0.5.1",
        zod: "^4.0.0",
      },
    };
    project.write("package.json", `${JSON.stringify(manifest, undefined, 4)}\n`);
    project.write("src/a b.ts", `\ufeff${OLD.replace("\n", "\r\n")}\r\nexport { FaissStore };`);
    project.write("src/other.ts", "export {};\n");
    project.commit();

    const shown = await migrate(project.root);
    expect([shown.code, project.git("status", "--porcelain")]).toEqual([0, ""]);
    expect(shown.stderr).toMatch(
      /no program imports faiss-node[\s\S]*2 files would change\. 1 place to look at\./,
    );
    // The diff's paths are from the working folder.
    const diff = shown.stdout.replaceAll(/^([-+]{3} [ab]\/).*\/(?=src\/|package\.json)/gm, "$1");
    project.write(".git/migration.patch", diff);
    project.git("apply", "--whitespace=nowarn", ".git/migration.patch");
    const applied = ["src/a b.ts", "package.json"].map(project.read);
    project.git("checkout", "-q", ".");
    chmodSync(project.path("src/a b.ts"), 0o640);

    const written = await migrate(project.root, "--write");
    expect([written.code, written.stderr]).toEqual([0, expect.stringContaining("Changed 2 files.")]);
    expect(["src/a b.ts", "package.json"].map(project.read)).toEqual(applied);
    expect(applied[0]).toBe(`\ufeff${NEW.replace("\n", "\r\n")}\r\nexport { FaissStore };`);
    expect(applied[1]).toBe(`{
    "name": "app",
    "dependencies": {
        "@langchain/core": "^1.0.0",
        "@secondpass/vectorstore-faiss": "^${version()}",
        "faiss-node": "^0.5.1",
        "zod": "^4.0.0"
    }
}
`);
    expect(statSync(project.path("src/a b.ts")).mode & 0o777).toBe(0o640);
    expect(await migrate(project.root)).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "Nothing to change.\n",
    });
  });

  it("leaves alone files that are ignored, installed, linked, of other kinds or outside of the paths", async () => {
    const untouched = [
      "ignored.ts",
      "node_modules/x/index.js",
      "lib/node_modules/y.ts",
      "notes.md",
      "out/b.ts",
    ];
    for (const name of untouched) project.write(name, OLD);
    project.write(".gitignore", "ignored.ts\n");
    const elsewhere = new Project();
    elsewhere.write("c.ts", OLD);
    symlinkSync(elsewhere.path("c.ts"), project.path("lib/link.ts"));
    symlinkSync(elsewhere.root, project.path("lib/folder"));
    project.write("lib/a.ts", OLD);
    project.write("package.json", "{}");
    project.commit();
    const { code, stderr } = await migrate(project.path("lib"), project.path("ignored.ts"), "--write");
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining("Then: npm install @secondpass/vectorstore-faiss\n"),
    ]);
    expect(project.git("status", "--porcelain")).toBe(" M lib/a.ts\n");
    expect([...untouched.map(project.read), elsewhere.read("c.ts")]).toEqual(Array(6).fill(OLD));
    rmSync(elsewhere.root, { recursive: true });
  });

  it("writes only what git can undo, unless --force is given", async () => {
    project.write("a.ts", OLD);
    const without = await migrate(project.root, "--write");
    expect([without.code, without.stderr]).toEqual([
      1,
      expect.stringContaining("is not in a git repository"),
    ]);
    project.commit();
    project.write("b.ts", OLD);
    const mixed = await migrate(project.root, "--write");
    expect([mixed.code, mixed.stderr]).toEqual([1, expect.stringContaining("has uncommitted changes")]);
    expect([project.read("a.ts"), project.read("b.ts")]).toEqual([OLD, OLD]);
    expect((await migrate(project.root, "--write", "--force")).code).toBe(0);
    expect([project.read("a.ts"), project.read("b.ts")]).toEqual([NEW, NEW]);
  });

  it("names what it cannot read, migrates the rest, and ends with 1", async () => {
    const files: Record<string, string | Uint8Array> = {
      "broken.ts": `${OLD}const = 1;\n`,
      "huge.js": OLD + "//\n".repeat(2_000_000),
      "latin.js": Buffer.concat([Buffer.from(OLD), Buffer.of(0x2f, 0x2f, 0xe9)]),
      "video.ts": Buffer.concat([Buffer.of(0x47, 0, 0), Buffer.from(OLD)]),
      "page.vue": `<script>\n${OLD}</script>`,
      "package.json": '{ "dependencies": { "@langchain/community": "*", } }',
    };
    for (const [name, content] of Object.entries(files)) project.write(name, content);
    project.write("good.ts", OLD);
    const { code, stderr } = await migrate(project.root, "--write", "--force");
    expect(code).toBe(1);
    for (const [name, line, reason] of [
      ["broken.ts", 2, "declaration expected"],
      ["huge.js", 1, "6.0 MB are too large"],
      ["latin.js", 1, "it is not UTF-8"],
      ["page.vue", 2, "files of this kind are not rewritten"],
      ["package.json", 1, "it is not an object in JSON"],
    ]) {
      expect(stderr).toMatch(new RegExp(`${name}:${line}: .*${reason}`));
    }
    expect(stderr).not.toContain("video.ts");
    for (const [name, content] of Object.entries(files))
      expect(readFileSync(project.path(name)).equals(Buffer.from(content as string))).toBe(true);
    expect(project.read("good.ts")).toBe(NEW);
  });

  (process.getuid?.() === 0 ? it.skip : it)("names files that it may not read", async () => {
    project.write("a.ts", OLD);
    chmodSync(project.path("a.ts"), 0);
    expect(await migrate(project.root)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no permission"),
    });
  });

  it("keeps packages that something still imports, in the package or below it", async () => {
    const manifest =
      '{ "devDependencies": { "@langchain/community": "*", "@langchain/cohere": "*", "langchain": "*" } }';
    project.write("package.json", manifest);
    project.write(
      "a.ts",
      `${OLD}import { CohereRerank } from "@langchain/cohere";\nnew CohereRerank({ model: "m" });\n`,
    );
    project.write(
      "b.ts",
      'import { EnsembleRetriever } from "langchain/retrievers/ensemble";\nimport "langchain";\n',
    );
    project.write("inner/package.json", '{ "dependencies": { "@langchain/core": "^0.3.1" } }');
    project.write(
      "inner/c.ts",
      `${OLD}import { BM25RetrieverOptions } from "@langchain/community/retrievers/bm25";\n`,
    );
    const { stderr } = await migrate(project.root, "--write", "--force");
    const range = `^${version()}`;
    expect(JSON.parse(project.read("package.json"))).toEqual({
      devDependencies: {
        "@langchain/community": "*",
        "@langchain/core": "^1.0.0",
        "@secondpass/cross-encoders": range,
        "@secondpass/retrievers-compression": range,
        "@secondpass/retrievers-hybrid": range,
        "@secondpass/vectorstore-faiss": range,
        langchain: "*",
      },
    });
    expect(JSON.parse(project.read("inner/package.json"))).toEqual({
      dependencies: { "@langchain/core": "^0.3.1", "@secondpass/vectorstore-faiss": range },
    });
    expect(stderr).toContain(
      "inner/package.json:1: our packages need @langchain/core ^1.0.0, here it is ^0.3.1",
    );
  });

  it("awaits outside of functions where the package.json says that files are modules", async () => {
    const text =
      'import { BM25Retriever } from "@langchain/community/retrievers/bm25";\nBM25Retriever.fromDocuments([], { k: 1 });\n';
    project.write("package.json", '{ "type": "module" }');
    project.write("a.js", text);
    project.write("old/package.json", "{}");
    project.write("old/a.js", text);
    await migrate(project.root, "--write", "--force");
    expect(project.read("a.js")).toContain("await BM25Retriever");
    expect(project.read("old/a.js")).toBe(text);
  });

  it("throws if a path does not exist", async () => {
    const { code, stderr } = await migrate(project.path("none"));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^Cannot read .*none: there is no such file/)]);
  });

  it("leaves Ctrl-C to the system, which does not wait for the parser", async () => {
    project.write("a.ts", OLD);
    const listeners: number[] = [];
    const stream = { write: () => listeners.push(process.listenerCount("SIGINT")) };
    const world = { stdout: stream, stderr: stream, env: {}, stdin: process.stdin };
    const before = process.listenerCount("SIGINT");
    expect(await main(["migrate", project.root], world as never)).toBe(0);
    expect(new Set(listeners)).toEqual(new Set([before]));
  });

  it("keeps control characters of programs from the terminal", async () => {
    project.write("a.ts", `// \u001b[2J\n${OLD}`);
    const { stdout } = await runMain(["migrate", project.root], { terminal: 80 });
    expect(stdout).toContain("\ufffd[2J");
    expect(stdout).toContain("\u001b[32m+import");
  });
});
