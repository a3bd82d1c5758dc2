import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../run/run-command.mjs";
import { publishedPackages } from "./published-packages.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pnpmfile = fileURLToPath(new URL("pnpmfile.cjs", import.meta.url));

/**
 * Packs every published package as `folder/NAME.tgz`. Replaces files of an earlier run atomically, one by one.
 *
 * @param {string} folder absolute; made if it is missing
 * @param {{ linked: boolean }} options `linked`: the packages depend on each other's files in this folder, by absolute paths,
 *   and not on versions. npm, pnpm, yarn and bun all follow such paths, so that one file installs its siblings, too.
 * @returns {Promise<{ name: string, path: string }[]>} in alphabetical order
 * @throws {Error} with pnpm's output if pnpm fails
 */
export async function packPackages(folder, { linked }) {
  mkdirSync(folder, { recursive: true });
  // Next to the destination, so that a rename can move it there.
  const unfinished = mkdtempSync(join(folder, ".packing-"));
  try {
    const published = [...publishedPackages().values()];
    const args = [
      "--recursive",
      ...published.map(({ folder }) => `--filter=./packages/${folder}`),
      ...(linked ? [`--config.pnpmfile=${pnpmfile}`] : []),
      ...["pack", "--out", join(unfinished, "%s.tgz")],
    ];
    const { code, output } = await runCommand("pnpm", args, {
      cwd: root,
      env: { ...process.env, SECONDPASS_PACKED: folder },
      quiet: true,
    });
    if (code !== 0) throw new Error(`pnpm could not pack the packages:\n${output.trim()}`);
    const made = readdirSync(unfinished);
    if (made.length !== published.length) {
      throw new Error(`Expected ${published.length} tarballs from pnpm, got ${made.join(", ") || "none"}.`);
    }
    return published.map(({ name, folder: short }) => {
      const path = join(folder, `${short}.tgz`);
      renameSync(join(unfinished, `${name.replace("@", "").replace("/", "-")}.tgz`), path);
      return { name, path };
    });
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
