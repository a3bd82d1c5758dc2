/**
 * Packs all published packages into one folder. From there, npm, pnpm, yarn and bun install any of them together with the siblings
 * that it needs. For the time before they are on npm, and for trying a change in another project.
 *
 *     npm run pack                    # into packed/
 *     npm run pack -- --out DIR
 *
 * The files name each other by absolute paths: a folder that was moved has to be packed again.
 */
import { statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { packPackages } from "./pack/pack-packages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** The user's folder; npm runs in the root. */
const userFolder = process.env.INIT_CWD ?? process.cwd();

let out;
try {
  ({ out } = parseArgs({ options: { out: { type: "string" } } }).values);
} catch (error) {
  console.error(`${error.message}\nUsage: npm run pack [-- --out DIR]`);
  process.exit(2);
}
const folder = out === undefined ? join(root, "packed") : resolve(userFolder, out);
const packed = await packPackages(folder, { linked: true }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
const bytes = packed.reduce((sum, { path }) => sum + statSync(path).size, 0);
const example = packed.find(({ name }) => name === "@secondpass/cli").path;
console.log(`${packed.length} packages, ${(bytes / 1e6).toFixed(1)} MB, are in ${folder}:`);
for (const { name, path } of packed) console.log(`  ${name.padEnd(36)} ${relative(folder, path)}`);
console.log(`\nIn a project, with npm, pnpm, yarn or bun:\n\n  npm install ${example}`);
