import { spawnSync } from "node:child_process";
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { nodeFileTrace } from "@vercel/nft";

const ROOT = realpathSync(join(__dirname, "../../.."));

const APP = `
  async function main() {
    const reranker = await loadCrossEncoder({ model: RERANKER_PATH, threads: 1 });
    const query = "How do I save an index?";
    const [[far], [near]] = await reranker.predict([[query, "Bananas ripen."], [query, "An index is saved to a folder."]]);
    console.log(far < near);
    await reranker.dispose();
  }
  main();
`;
const IMPORTS = `
  import { loadCrossEncoder } from "@secondpass/hf-runtime";
  import { RERANKER_PATH } from "@secondpass/mini-models";
`;
const REQUIRES = `
  const { loadCrossEncoder } = require("@secondpass/hf-runtime");
  const { RERANKER_PATH } = require("@secondpass/mini-models");
`;

describe("the files that @vercel/nft finds for an app", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "secondpass-traced-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    { name: "app.mjs", source: IMPORTS + APP },
    { name: "app.cjs", source: REQUIRES + APP },
  ])("are enough to rerank: $name", async ({ name, source }) => {
    const app = join(folder, "app");
    const packages = join(app, "node_modules/@secondpass");
    mkdirSync(packages, { recursive: true });
    for (const each of ["mini-models", "hf-runtime"])
      symlinkSync(realpathSync(join(__dirname, "../..", each)), join(packages, each), "junction");
    writeFileSync(join(app, name), source);
    // Packages in a workspace are not in node_modules; outside it, nft would also follow paths to caches in the home folder.
    const ignore = (file: string) => ![ROOT, app].some((inside) => `/${file}`.startsWith(inside));
    const { fileList } = await nodeFileTrace([join(app, name)], { base: "/", ignore });

    const image = join(folder, "image");
    for (const file of fileList) copyAt(image, `/${file}`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(image, app, name)], {
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "true\n", stderr: "" });
  });
});

/** Copies a file to another root; links stay links. */
function copyAt(image: string, file: string): void {
  const copy = join(image, file);
  mkdirSync(dirname(copy), { recursive: true });
  if (lstatSync(file).isSymbolicLink())
    symlinkSync(join(image, resolve(dirname(file), readlinkSync(file))), copy);
  else cpSync(file, copy);
}
