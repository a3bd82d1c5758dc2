import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { documents, readBlocks, readPage } from "../support/read-blocks.js";

const ROOT = join(__dirname, "../../..");
const node = (...words: string[]) => execFileSync(process.execPath, words, { cwd: ROOT, encoding: "utf8" });

interface Schema {
  readonly properties: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(node("packages/cli/dist/cli.js", "--schema")) as Schema;
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const demoHelp = node("apps/demo/dist/cli.js", "--help");

/** A line of a page that is run in a shell. */
interface CommandLine {
  readonly page: string;
  readonly text: string;
}

/** The lines of blocks for the shell, and the commands in sentences. */
const lines = documents().flatMap((page): CommandLine[] => {
  const blocks = readBlocks(page).filter(({ kind }) => kind === "shell");
  const inBlocks = blocks.flatMap(({ code }) => code.replaceAll("\\\n", " ").split("\n"));
  const inSentences = [...readPage(page).matchAll(/`((?:npm run|npx|node|secondpass) [^`\n]+)`/g)].map(
    ([, text]) => text!,
  );
  return [...inBlocks, ...inSentences]
    .map((text) => ({ page, text: text.trim() }))
    .filter(({ text }) => text !== "");
});

/** The text after a comment sign that is not within a word or quotes. */
const withoutComment = (text: string) => text.replace(/ # .*$/, "");
/** Flags, but not those within quotes. */
const flagsOf = (text: string) =>
  [...text.replaceAll(/"[^"]*"|'[^']*'/g, "").matchAll(/(?<= )--([a-z][\w-]*)/g)].map(([, name]) => name!);

describe("the commands in the documentation", () => {
  it("are those of our programs and of npm, and many", () => {
    expect(lines.filter(({ text }) => /\bsecondpass\b/.test(text)).length).toBeGreaterThan(50);
    expect(lines.filter(({ text }) => /\bnpm run\b/.test(text)).length).toBeGreaterThan(50);
  });

  it("call secondpass with commands and options that it has", () => {
    const commands = schema.properties.commands!.properties;
    const wrong = lines.flatMap(({ page, text }) => {
      const calls = withoutComment(text).matchAll(
        /(?:^|[|&;] |npx |-- |\) |\d )(?:secondpass|\.\.\/secondpass\/packed\/cli\.tgz) ([a-z]+|--\w+)((?: [^|&;]+)?)/g,
      );
      return [...calls].flatMap(([call, name = "", rest = ""]) => {
        if (["--help", "--version", "--schema"].includes(name)) return [];
        const options = commands[name]?.properties;
        if (options === undefined) return [`${page}: ${call}: no command ${name}`];
        const known = (flag: string) => {
          const positive = flag.replace(/^no-/, "");
          return (
            Object.hasOwn(options, flag) || Object.hasOwn(options, positive) || /^(?:help|config)$/.test(flag)
          );
        };
        return flagsOf(rest)
          .filter((flag) => !known(flag))
          .map((flag) => `${page}: ${call}: no option --${flag}`);
      });
    });
    expect(wrong).toEqual([]);
  });

  it("run scripts that package.json has, the demo with options that it has", () => {
    const wrong = lines.flatMap(({ page, text }) =>
      [...withoutComment(text).matchAll(/\bnpm (?:run|test)(?::\w+)? ?([\w:-]*)([^|&;]*)/g)].flatMap(
        ([call, name = "", rest = ""]) => {
          if (!call.startsWith("npm run")) return [];
          if (!Object.hasOwn(scripts, name)) return [`${page}: ${call}: no script ${name}`];
          const flags = name === "demo" ? flagsOf(rest).filter((flag) => flag !== "web") : [];
          return flags
            .filter((flag) => !demoHelp.includes(`--${flag}`))
            .map((flag) => `${page}: ${call}: no option --${flag}`);
        },
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("run programs of the repository that exist", () => {
    const wrong = lines.flatMap(({ page, text }) =>
      [
        ...text.matchAll(
          /(?:^| )((?:scripts|bench|tools|apps|packages|examples)\/[\w./-]+\.(?:mjs|py|sh|txt))/g,
        ),
      ]
        .filter(([, file]) => !existsSync(join(ROOT, file!)))
        .map(([, file]) => `${page}: ${file}`),
    );
    expect(wrong).toEqual([]);
  });

  it("are read by a shell", () => {
    const text = lines
      .map((line) => line.text)
      .filter((line) => !/[<>…]|\.\.\.$/.test(line))
      .join("\n");
    const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });
});

describe("the data in the documentation", () => {
  const blocks = documents().flatMap(readBlocks);

  it.each(blocks.filter(({ kind }) => kind === "json"))("of $page, line $line, is JSON", ({ code }) => {
    expect(() => JSON.parse(code)).not.toThrow();
  });
});
