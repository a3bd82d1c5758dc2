import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const ROOT = join(__dirname, "../..");

/** A folder with the built package and its required packages, but without `@secondpass/hf-runtime`. */
let user: string;
beforeAll(() => {
  user = mkdtempSync(join(tmpdir(), "without-runtime-"));
  const home = join(user, "node_modules/@secondpass/cross-encoders");
  cpSync(join(ROOT, "dist"), join(home, "dist"), { recursive: true });
  cpSync(join(ROOT, "package.json"), join(home, "package.json"));
  mkdirSync(join(user, "node_modules/@langchain"));
  for (const name of ["@secondpass/core", "@langchain/core"]) {
    symlinkSync(realpathSync(join(ROOT, "node_modules", name)), join(user, "node_modules", name), "junction");
  }
});
afterAll(() => rmSync(user, { recursive: true }));

const ENTRY = "@secondpass/cross-encoders/huggingface";
const USE = `
  const model = new HuggingFaceCrossEncoder({ model: "a/b" });
  const error = await model.score([["query", "text"]]).catch((reason) => reason);
  console.log(JSON.stringify([await model.score([]), error instanceof MissingPackageError, error.message]));
  await model.dispose();`;

describe("HuggingFaceCrossEncoder without @secondpass/hf-runtime", () => {
  it.each([
    ["ESM", "module", `import { HuggingFaceCrossEncoder, MissingPackageError } from "${ENTRY}"; ${USE}`],
    [
      "CommonJS",
      "commonjs",
      `const { HuggingFaceCrossEncoder, MissingPackageError } = require("${ENTRY}"); (async () => { ${USE} })();`,
    ],
  ])("names in %s the package to install when a model is needed", (_, type, script) => {
    const run = execFileSync(process.execPath, [`--input-type=${type}`, "-e", script], {
      cwd: user,
      encoding: "utf8",
    });
    expect(JSON.parse(run)).toEqual([
      [],
      true,
      "HuggingFaceCrossEncoder needs the package @secondpass/hf-runtime, which is not installed. " +
        "Run: npm install @secondpass/hf-runtime",
    ]);
  });
});
