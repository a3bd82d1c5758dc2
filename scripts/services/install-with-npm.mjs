import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";

/**
 * Installs by npm in a separate folder, outside the repository's lockfile.
 *
 * @param {string} folder absolute; made if it is missing
 * @param {string} manifest its package.json. Without one, npm would install into the repository
 * @param {readonly string[]} words arguments after `npm install`
 * @param {Readonly<Record<string, string>>} env added to the environment
 * @throws {Error} if npm fails; its output is on standard error
 */
export function installWithNpm(folder, manifest, words = [], env = {}) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, manifest);
  const args = ["install", "--no-audit", "--no-fund", "--loglevel=error", ...words];
  const { status, error } = spawnSync("npm", args, {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`\`npm ${args.join(" ")}\` failed: ${error?.message ?? status}`);
}
