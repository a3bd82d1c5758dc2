/**
 * `npm run demo -- --web`: the page of `secondpass ui` over the demo's texts, or others.
 *
 *     npm run demo -- --web [--file PATH…] [--dir PATH] [--port N] [--no-open]
 */
import { createHash } from "node:crypto";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PROGRAM = join(ROOT, "packages/cli/dist/cli.js");

const { file, dir, port, "no-open": noOpen } = readWords(process.argv.slice(2));
const texts = file ?? [dir ?? join(ROOT, "docs/guide")];
const options = [
  ...(file === undefined ? ["--index", indexOf(texts[0])] : []),
  ...(port === undefined ? [] : ["--port", port]),
  ...(noOpen ? ["--no-open"] : []),
];
process.argv = [process.argv[0], PROGRAM, "ui", ...options, "--", ...texts];
await import(PROGRAM);

/** Each folder has its own index, which later runs only update. */
function indexOf(folder) {
  const path = resolve(folder);
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 8);
  return join(ROOT, ".work/demo-web", `${basename(path)}-${hash}`);
}

function readWords(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        file: { type: "string", multiple: true },
        dir: { type: "string" },
        port: { type: "string" },
        "no-open": { type: "boolean", default: false },
      },
    });
    if (values.file && values.dir) throw new Error("--file and --dir were both given.");
    return values;
  } catch (error) {
    console.error(
      `Expected --file PATH (may be repeated) or --dir PATH, --port N and --no-open beside --web; the page has the rest. ${error.message}`,
    );
    return process.exit(2);
  }
}
