import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { UsageError } from "../../src/errors/usage-error.js";
import { readKeys } from "../../src/serve/read-keys.js";
import { readModels } from "../../src/serve/read-models.js";

const names = (...args: Parameters<typeof readModels>) =>
  readModels(...args).map(({ kind, name, model, aliases }) => [kind, name, model, ...aliases]);

describe("models", () => {
  it("are the mini models by default, for which aliases may be given", () => {
    expect(readModels([], [], ["rerank-v3.5=mini-reranker"])).toMatchObject([
      { kind: "reranker", name: "mini-reranker", aliases: ["rerank-v3.5"] },
      { kind: "embedder", name: "mini-embedder", aliases: [] },
    ]);
  });

  it("are named by their ids, folders by their last part, or by the user", () => {
    expect(
      names(
        ["BAAI/bge-reranker-base", "fast=./models/x=y", "/opt/models/mine/"],
        ["e=org/e5"],
        ["a=fast", "b=fast"],
      ),
    ).toEqual([
      ["reranker", "BAAI/bge-reranker-base", "BAAI/bge-reranker-base"],
      ["reranker", "fast", "./models/x=y", "a", "b"],
      ["reranker", "mine", "/opt/models/mine/"],
      ["embedder", "e", "org/e5"],
    ]);
    expect(names(["./a=b/model"], [], [])).toEqual([["reranker", "model", "./a=b/model"]]);
  });

  it.each<[string, [string[], string[], string[]], RegExp]>([
    ["a name without a model", [["fast="], [], []], /^Expected --model \[NAME=\]ID\|FOLDER, got "fast="/],
    ["a blank one", [[" "], [], []], /^Expected --model/],
    ["one name for two", [["a/b"], ["a/b"], []], /got "a\/b" twice/],
    ["an alias that is a name", [["a/b", "c/d"], [], ["c/d=a/b"]], /got "c\/d" twice/],
    ["one alias for two", [["a/b", "c/d"], [], ["x=a/b", "x=c/d"]], /got "x" twice/],
    [
      "an alias that names no model",
      [[], [], ["x=mini-rerankr"]],
      /got "mini-rerankr"\. Did you mean mini-reranker\?/,
    ],
    ["an alias without a name", [[], [], ["x"]], /^Expected --alias ALIAS=NAME, got "x"/],
    ["an alias for nothing", [[], [], ["=mini-reranker"]], /^Expected --alias ALIAS=NAME/],
  ])("cannot have %s", (_name, args, message) => {
    expect(() => readModels(...args)).toThrow(UsageError);
    expect(() => readModels(...args)).toThrow(message);
  });
});

describe("keys", () => {
  const folder = mkdtempSync(join(tmpdir(), "secondpass-keys-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (text: string) => {
    const path = join(folder, "keys");
    writeFileSync(path, text);
    return path;
  };

  it("are none, the given ones, and those of a file", () => {
    expect(readKeys([], undefined)).toBeUndefined();
    expect(readKeys(["a"], file("\uFEFFb\r\n\n  # mine\n c \n"))).toEqual(["a", "b", "c"]);
  });

  it.each<[string, () => unknown, RegExp]>([
    ["an empty file", () => readKeys(["a"], file("# nothing\n\n")), /got none/],
    ["no file", () => readKeys([], join(folder, "missing")), /ENOENT/],
    ["a folder", () => readKeys([], folder), /EISDIR/],
    ["two on a line", () => readKeys([], file("hunter2 hunter2\n")), /line 1 of/],
    ["one beyond ASCII", () => readKeys(["ok", "hunter2ü"], undefined), /key 2 of --api-key/],
  ])("cannot be in %s, and the error shows no key", (_name, read, message) => {
    let error: unknown;
    try {
      read();
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain("hunter2");
  });
});
