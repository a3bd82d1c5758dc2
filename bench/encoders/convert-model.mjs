import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("./convert.py", import.meta.url));

/**
 * Makes the forms of a model folder that peers read, once.
 *
 * @param {string} folder
 * @param {"rerank" | "embed"} task
 * @param {string} python
 * @returns {Record<string, string>} why a form cannot be made, by form
 * @throws {Error} if the program fails as a whole
 */
export function convertModel(folder, task, python) {
  // Its libraries print long warnings without a fault.
  const { status, stdout, stderr } = spawnSync(python, [PROGRAM, folder, task], { encoding: "utf8" });
  if (status !== 0) throw new Error(`convert.py could not convert ${folder}: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1));
}
