/**
 * Lists well-known rerankers and embedders, and which of them load: writes a small repository of each shape, loads it and computes with it.
 * packages/hf-runtime/test/support/table-rows.ts says how; tools/oracle/model_table.py wrote the shapes.
 *
 *     npm run models -- --table [--json]
 *
 * Other arguments are those of `secondpass models`, such as `npm run models -- list`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { tableLines } from "./models/table-lines.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const TEST = "packages/hf-runtime/test/loaders/model-table.test.ts";

const words = process.argv.slice(2);
if (words.length > 0 && !words[0].startsWith("-")) {
  const cli = join(root, "packages/cli/dist/cli.js");
  const child = spawn(process.execPath, [cli, "models", ...words], { stdio: "inherit" });
  // Ctrl-C reaches both processes; the command handles it.
  process.on("SIGINT", () => {});
  process.exit(await new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1))));
}
const { values } = parseArgs({ options: { table: { type: "boolean" }, json: { type: "boolean" } } });
if (!values.table) {
  console.error(
    "Expected --table, which lists the models (--json as JSON), or list, download, verify or remove.",
  );
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "secondpass-models-"));
try {
  const report = join(folder, "table.json");
  const test = ["node_modules/jest/bin/jest.js", "--selectProjects", "hf-runtime", "--runTestsByPath", TEST];
  const env = { ...process.env, SECONDPASS_MODEL_TABLE: report };
  const child = spawn(process.execPath, test, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  process.exitCode = await new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
  // A test that failed writes a report, too: its rows say what is wrong.
  if (process.exitCode !== 0) console.error(output);
  const text = readFileSync(report, "utf8");
  console.log(values.json ? text : tableLines(JSON.parse(text)).join("\n"));
} finally {
  rmSync(folder, { recursive: true });
}
