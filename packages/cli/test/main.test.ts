import { describe, expect, it } from "@jest/globals";
import { defineCommand } from "../src/contract/command.js";
import { main } from "../src/main.js";
import { version } from "../src/manifest/version.js";

/** A command that prints its operands, or fails. */
const echo = defineCommand({
  summary: "say it again",
  operands: "[WORD]",
  description:
    "Says it again, as a command does that has a long description which no terminal shows on a single line.",
  options: {
    loud: { kind: "flag", help: "in capitals" },
    fail: { kind: "choice", choices: ["type", "system"], help: "how" },
  },
  examples: ["secondpass echo hello"],
  async run({ loud, fail }, operands, { stdout }) {
    if (fail === "type") throw new TypeError("a fault of ours");
    if (fail === "system") throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
    stdout.write(`${loud ? operands.join(" ").toUpperCase() : operands.join(" ")}\n`);
    return 7;
  },
});

async function run(...words: string[]) {
  let stdout = "";
  let stderr = "";
  const code = await main(
    words,
    {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      env: {},
    },
    { echo, quiet: { ...echo, operands: undefined } },
  );
  return { code, stdout, stderr };
}

describe("the program", () => {
  it.each(["--help", "-h", "help"])("lists its commands for %s", async (word) => {
    const { code, stdout, stderr } = await run(word);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Usage: secondpass COMMAND/);
    expect(stdout).toContain("  echo       say it again\n");
  });

  it("lists its commands without any word, too, and exits with 2", async () => {
    expect(await run()).toMatchObject({ code: 2, stdout: expect.stringContaining("Commands:") });
  });

  it.each(["--version", "-v"])("prints its version for %s", async (word) => {
    expect(await run(word)).toEqual({ code: 0, stdout: `${version()}\n`, stderr: "" });
    expect(version()).toMatch(/^\d+\.\d+\.\d+/);
  });

  it("passes a command its values, and exits with its code", async () => {
    expect(await run("echo", "hello", "--loud")).toEqual({ code: 7, stdout: "HELLO\n", stderr: "" });
  });

  it.each([
    [["echo", "--help"], 0],
    [["echo", "--no-such", "-h"], 0],
  ])("prints a command's help for %p", async (words, code) => {
    const answer = await run(...words);
    expect(answer.code).toBe(code);
    expect(answer.stdout).toMatch(/^Usage: secondpass echo \[WORD\] \[OPTIONS\]/);
    expect(answer.stdout).toContain("  --loud");
    for (const line of answer.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it.each<[string[], string, string]>([
    [["ehco"], "There is no command ehco. Did you mean echo? Commands: echo, quiet.", "secondpass --help"],
    [["--port"], "There is no option --port. Commands: echo, quiet.", "secondpass --help"],
    [["constructor"], "There is no command constructor. Commands: echo, quiet.", "secondpass --help"],
    [["echo", "--lout"], "There is no option --lout. Did you mean --loud?", "secondpass echo --help"],
    [["quiet", "8080"], 'Expected options only, got "8080".', "secondpass quiet --help"],
  ])("exits with 2 and says what to do for %p", async (words, message, help) => {
    expect(await run(...words)).toEqual({ code: 2, stdout: "", stderr: `${message}\nTry: ${help}\n` });
  });

  it("prints the message of a system error, and the stack of a fault in the program", async () => {
    expect(await run("echo", "--fail=system")).toEqual({ code: 1, stdout: "", stderr: "no space left\n" });
    expect(await run("echo", "--fail=type")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/TypeError: .*\n +at /),
    });
  });
});
