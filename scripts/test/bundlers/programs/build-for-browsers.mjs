/** Bundles browser-pipeline.mjs with every bundler, each with as few settings as it allows. Prints their warnings. */
import { promisify } from "node:util";
import commonjs from "@rollup/plugin-commonjs";
import resolve from "@rollup/plugin-node-resolve";
import esbuild from "esbuild";
import { rollup } from "rollup";
import { build } from "vite";
import webpack from "webpack";

const entry = "browser-pipeline.mjs";
const out = `${import.meta.dirname}/dist/browsers`;
const warnings = [];

const options = { bundle: true, format: "esm", logLevel: "silent" };
const bundled = await esbuild.build({ ...options, entryPoints: [entry], outfile: `${out}/esbuild.js` });
warnings.push(...bundled.warnings.map(({ text }) => text));

const rolled = await rollup({
  input: entry,
  plugins: [resolve({ browser: true }), commonjs()],
  onwarn: ({ message }) => warnings.push(message),
});
await rolled.write({ dir: out, entryFileNames: "rollup.js" });

const warn = (message) => warnings.push(message);
await build({
  configFile: false,
  customLogger: {
    info() {},
    warn,
    warnOnce: warn,
    error: warn,
    clearScreen() {},
    hasErrorLogged: () => false,
  },
  build: {
    lib: { entry, formats: ["es"], fileName: () => "vite.js" },
    outDir: out,
    emptyOutDir: false,
  },
});

const compiler = webpack({
  context: import.meta.dirname,
  entry: `./${entry}`,
  mode: "production",
  // The size does not matter here; minifying takes most of the time.
  performance: { hints: false },
  optimization: { minimize: false },
  experiments: { outputModule: true },
  output: { path: out, filename: "webpack.js", library: { type: "module" } },
});
const stats = (await promisify(compiler.run.bind(compiler))()).toJson({
  all: false,
  errors: true,
  warnings: true,
});
warnings.push(...[...stats.errors, ...stats.warnings].map(({ message }) => message));

console.log(JSON.stringify(warnings));
