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

const APP = `
  import { loadCrossEncoder } from "@secondpass/hf-runtime";
  import { RERANKER_PATH } from "@secondpass/mini-models";
  const reranker = await loadCrossEncoder({ model: RERANKER_PATH, threads: 1 });
  const query = "How do I save an index?";
  const [[far], [near]] = await reranker.predict([[query, "Bananas ripen."], [query, "An index is saved to a folder."]]);
  console.log(far < near);
  await reranker.dispose();
`;

describe("the files that @vercel/nft finds for an app", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "secondpass-traced-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are enough to rerank", async () => {
    const app = join(folder, "app");
    const packages = join(app, "node_modules/@secondpass");
    mkdirSync(packages, { recursive: true });
    for (const name of ["mini-models", "hf-runtime"])
      symlinkSync(realpathSync(join(__dirname, "../..", name)), join(packages, name), "junction");
    writeFileSync(join(app, "app.mjs"), APP);
    const { fileList } = await nodeFileTrace([join(app, "app.mjs")], { base: "/" });

    const image = join(folder, "image");
    for (const file of fileList) copyAt(image, `/${file}`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(image, app, "app.mjs")], {
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "true\n", stderr: "" });
  });
});

/** A copy in another root, links as links. */
function copyAt(image: string, file: string): void {
  const copy = join(image, file);
  mkdirSync(dirname(copy), { recursive: true });
  if (lstatSync(file).isSymbolicLink())
    symlinkSync(join(image, resolve(dirname(file), readlinkSync(file))), copy);
  else cpSync(file, copy);
}
