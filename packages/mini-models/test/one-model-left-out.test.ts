import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

const PACKAGE = join(__dirname, "..");

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "mini-models-")));
  cpSync(join(PACKAGE, "dist"), join(root, "dist"), { recursive: true });
  cpSync(join(PACKAGE, "package.json"), join(root, "package.json"));
});
afterEach(() => rmSync(root, { recursive: true }));

function paths() {
  const program = `import(${JSON.stringify(pathToFileURL(join(root, "dist/index.js")).href)}).then((m) => console.log(JSON.stringify([m.EMBEDDER_PATH, m.RERANKER_PATH])))`;
  return spawnSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" });
}

describe("a deployment that leaves out files", () => {
  it("still finds the other model", () => {
    cpSync(join(PACKAGE, "models/reranker/config.json"), join(root, "models/reranker/config.json"));
    expect(JSON.parse(paths().stdout)).toEqual([
      join(root, "models/embedder"),
      join(root, "models/reranker"),
    ]);
  });

  it("throws if both models are missing", () => {
    expect(paths().stderr).toContain(
      "Cannot find the files of @secondpass/mini-models: a bundler has left them out.",
    );
  });
});
