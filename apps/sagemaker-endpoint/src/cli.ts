import { fileURLToPath } from "node:url";
import { main } from "./main.js";

const stopped = new AbortController();
const [verb] = process.argv.slice(2);
// An interrupted deployment is rolled back; the server handles signals itself.
if (verb === "deploy") {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => stopped.abort(new Error("interrupted.")));
  }
}

const code = await main(process.argv.slice(2), {
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  scriptFolder: fileURLToPath(new URL("../hugging-face-container", import.meta.url)),
  signal: stopped.signal,
});
if (code !== 0) process.exitCode = code;
