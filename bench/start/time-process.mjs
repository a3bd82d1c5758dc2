import { spawn } from "node:child_process";

/**
 * Runs a program, and measures its time from the start of the process, as a user sees it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, until?: string, cwd?: string }} options `until`: the text on its output that ends the time; else the program's end does
 * @returns {Promise<number>} milliseconds
 * @throws {Error} if it fails, or does not print `until`
 */
export function timeProcess(command, args, { env = {}, until, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [seen, said, output] = [undefined, "", ""];
    child.stdout.on("data", (bytes) => {
      output += bytes;
      if (until !== undefined && seen === undefined && output.includes(until))
        seen = performance.now() - begun;
    });
    child.stderr.on("data", (bytes) => {
      said = `${said}${bytes}`.slice(-500);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const ms = until === undefined ? performance.now() - begun : seen;
      if (code === 0 && ms !== undefined) resolve(ms);
      else reject(new Error(`${[command, ...args].join(" ")} ended with ${code}. ${said}`));
    });
  });
}
