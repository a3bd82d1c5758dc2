import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { defineCommand } from "../../src/contract/command.js";
import { main } from "../../src/main.js";

const folder = mkdtempSync(join(tmpdir(), "secondpass-config-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "my.json");

/** A command that writes the values of its options. */
const show = defineCommand({
  summary: "shows its options",
  description: "Shows its options.",
  options: {
    k: { kind: "integer", value: "N", min: 1, default: 4, help: "how many" },
    "top-n": { kind: "number", value: "N", min: 0, max: 9, help: "how many" },
    name: { kind: "text", value: "NAME", help: "whose" },
    glob: { kind: "list", value: "GLOB", help: "which" },
    mode: { kind: "choice", choices: ["hybrid", "dense"], default: "hybrid", help: "how" },
    loud: { kind: "flag", help: "in capitals" },
  },
  examples: [],
  async run({ config: _, ...values }: Record<string, unknown>, _operands, { stdout }) {
    stdout.write(JSON.stringify(values));
    return 0;
  },
});
const other = defineCommand({
  ...show,
  options: { port: { kind: "integer", value: "P", min: 0, help: "where" } },
});

async function run(config: unknown, words: string[] = [], env: Record<string, string> = {}) {
  writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
  let stdout = "";
  let stderr = "";
  const world = {
    stdout: { write: (text: string | Uint8Array) => (stdout += text) },
    stderr: { write: (text: string | Uint8Array) => (stderr += text) },
    env,
  };
  const code = await main(["show", "--config", file, ...words], world, { show, other });
  return { code, stdout, stderr };
}
const DEFAULTS = { k: 4, glob: [], mode: "hybrid", loud: false };

describe("a config file", () => {
  it("has values of all kinds", async () => {
    const config = { k: 7, "top-n": 0.5, name: "me", glob: ["a", "b"], mode: "dense", loud: true };
    expect(JSON.parse((await run({ $schema: "s", ...config })).stdout)).toEqual(config);
    expect(JSON.parse((await run({ glob: "a,b" })).stdout)).toEqual({ ...DEFAULTS, glob: ["a,b"] });
  });

  it("is overridden by flags and the environment; its values for one command override those for all", async () => {
    const config = { k: 1, name: "all", port: 80, commands: { show: { k: 2 }, other: { port: 90 } } };
    expect(JSON.parse((await run(config)).stdout)).toEqual({ ...DEFAULTS, k: 2, name: "all" });
    const env = { SECONDPASS_K: "3", SECONDPASS_LOUD: "no" };
    expect(JSON.parse((await run({ ...config, loud: true }, [], env)).stdout)).toMatchObject({
      k: 3,
      loud: false,
    });
    expect(JSON.parse((await run(config, ["--k", "4"], env)).stdout)).toMatchObject({ k: 4 });
  });

  it.each<[string, unknown, string]>([
    ["an unknown option", { topN: 3 }, 'There is no option "topN" (FILE). Did you mean "top-n"?'],
    [
      "one of another command",
      { commands: { other: { k: 3 } } },
      'There is no option "k" ("commands.other" in FILE)',
    ],
    [
      "an unknown command",
      { commands: { shwo: {} } },
      'There is no option "shwo" ("commands" in FILE). Did you mean "show"?',
    ],
    ["a text for a number", { k: "3" }, 'Expected "k" in FILE to be a number, got "3".'],
    ["a number that is too small", { k: 0 }, 'Expected "k" in FILE to be an integer of at least 1, got "0".'],
    [
      "a number that is too large",
      { "top-n": 9.5 },
      'Expected "top-n" in FILE to be a number from 0 to 9, got "9.5".',
    ],
    ["a number for a text", { name: 3 }, 'Expected "name" in FILE to be a text, got 3.'],
    ["a text for a flag", { loud: "yes" }, 'Expected "loud" in FILE to be true or false, got "yes".'],
    ["a list of numbers", { glob: [3] }, 'Expected "glob" in FILE to be a text or a list of texts, got [3].'],
    [
      "an unknown choice",
      { mode: "dens" },
      'Expected "mode" in FILE to be one of hybrid, dense, got "dens". Did you mean dense?',
    ],
    ["a list", [], "Expected FILE to be an object of options, got []."],
    ["invalid JSON", "{", "Expected FILE to be JSON, got an error: "],
  ])("cannot have %s", async (_name, config, message) => {
    const { code, stderr, stdout } = await run(config);
    expect(stderr.replaceAll(file, "FILE")).toContain(message);
    expect([code, stdout]).toEqual([2, ""]);
  });

  it("that is named must exist", async () => {
    expect(await run({}, ["--config", join(folder, "none.json")])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^Expected --config FILE to be a file that can be read, got .*none\.json: there is no such/,
      ),
    });
    expect(await run({}, ["--config", folder])).toMatchObject({ code: 2 });
  });

  it("has a schema", async () => {
    let text = "";
    const output = { write: (part: string | Uint8Array) => (text += part) };
    expect(await main(["--schema"], { stdout: output, stderr: output, env: {} }, { show, other })).toBe(0);
    const { properties } = JSON.parse(text);
    expect(Object.keys(properties)).toEqual([
      "$schema",
      "k",
      "top-n",
      "name",
      "glob",
      "mode",
      "loud",
      "port",
      "commands",
    ]);
    expect(properties.k).toEqual({ description: "how many", type: "integer", minimum: 1, default: 4 });
    expect(properties["top-n"]).toEqual({ description: "how many", type: "number", minimum: 0, maximum: 9 });
    expect(properties.commands.properties.other.properties).toEqual({
      port: { description: "where", type: "integer", minimum: 0 },
    });
  });
});
