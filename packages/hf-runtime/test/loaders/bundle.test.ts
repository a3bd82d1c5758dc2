import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { build } from "esbuild";
import webpack from "webpack";
import { readGoldens } from "../support/goldens.js";

const run = promisify(execFile);
const PACKAGE = join(__dirname, "../..");
const LOGIT_TOLERANCE = 1e-4;

/** RoBERTa's tokenizer comes from a dependency, so the bundle has to contain it. */
const golden = readGoldens().crossEncoders.find(({ name }) => name === "roberta")!;

/** An app as in "Bundlers and Docker" of the documentation: ESM source, computing in a worker. */
const APP = `
  import { loadCrossEncoder } from "@secondpass/hf-runtime";
  async function main() {
    const [model, pairs] = JSON.parse(process.argv[2]);
    const crossEncoder = await loadCrossEncoder({ model, threads: 1 });
    console.log(JSON.stringify((await crossEncoder.logits(pairs)).map((row) => [...row])));
    await crossEncoder.dispose();
  }
  main();
`;

describe("a bundled app with only onnxruntime-node next to the bundle", () => {
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "secondpass-bundle-")));
    const installed = dirname(require.resolve("onnxruntime-node/package.json", { paths: [PACKAGE] }));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(realpathSync(installed), join(folder, "node_modules/onnxruntime-node"), "junction");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    { format: "esm", minify: false, outfile: "dist/app.mjs" },
    { format: "cjs", minify: true, outfile: "dist/app.cjs" },
  ] as const)(
    "by esbuild gives Python's logits as $format, minified: $minify",
    async ({ format, minify, outfile }) => {
      await build({
        stdin: { contents: APP, resolveDir: PACKAGE },
        bundle: true,
        platform: "node",
        format,
        minify,
        external: ["onnxruntime-node"],
        outfile: join(folder, outfile),
        // The documentation mentions the only warning, about import.meta in CommonJS.
        logLevel: "error",
      });
      await expectPythonsLogits(join(folder, outfile));
    },
  );

  it("by webpack gives Python's logits", async () => {
    writeFileSync(join(folder, "app.js"), APP);
    const compiler = webpack({
      mode: "production",
      target: "node",
      entry: join(folder, "app.js"),
      resolve: { alias: { "@secondpass/hf-runtime": PACKAGE } },
      // Not minified: esbuild shows above that nothing depends on names, and is ten times as fast.
      optimization: { minimize: false },
      externals: { "onnxruntime-node": "commonjs onnxruntime-node" },
      output: { path: join(folder, "dist"), filename: "app.cjs" },
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    expect(stats?.toJson({ all: false, errors: true, warnings: true })).toMatchObject({
      errors: [],
      warnings: [],
    });
    await promisify(compiler.close.bind(compiler))();
    await expectPythonsLogits(join(folder, "dist/app.cjs"));
  }, 120_000);

  /** Runs the bundle from another folder. */
  async function expectPythonsLogits(bundle: string): Promise<void> {
    const input = JSON.stringify([join(PACKAGE, "test/fixtures/models", golden.model), golden.pairs]);
    const { stdout } = await run(process.execPath, [bundle, input], { cwd: tmpdir() });
    const logits = JSON.parse(stdout) as number[][];
    expect(logits).toHaveLength(golden.pairs.length);
    for (const [i, row] of logits.entries()) {
      expect(row).toHaveLength(golden.labels);
      for (const [j, logit] of row.entries())
        expect(Math.abs(logit - golden.logits[i]![j]!)).toBeLessThan(LOGIT_TOLERANCE);
    }
  }
});
