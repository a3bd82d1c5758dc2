import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const ROOT = join(__dirname, "../../../..");

/** Where scripts/services/bundlers.mjs has installed bundlers and runtimes, and where the tests build their apps. */
export const appFolder = join(ROOT, ".work/services/bundlers");

/** A tarball of each published package. */
const tarballFolder = join(appFolder, "packed");

/** The tarball of a published package, such as `@secondpass/core`. */
export const tarballOf = (name: string) => join(tarballFolder, `${basename(name)}.tgz`);

/** What README's first program prints. */
export let readmeOutput = "";

/** Packs the packages as they are built now, installs them in the app folder, and writes the programs and settings of the documentation there. */
export function prepareApp(): void {
  rmSync(tarballFolder, { recursive: true, force: true });
  execFileSync(process.execPath, [join(ROOT, "scripts/pack.mjs"), "--out", tarballFolder], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  rmSync(join(appFolder, "node_modules/@secondpass"), { recursive: true, force: true });
  for (const file of readdirSync(tarballFolder)) {
    const folder = join(appFolder, "node_modules/@secondpass", basename(file, ".tgz"));
    mkdirSync(folder, { recursive: true });
    execFileSync("tar", ["xzf", join(tarballFolder, file), "-C", folder, "--strip-components=1"]);
  }
  const page = readFileSync(join(ROOT, "docs/reference/bundlers.md"), "utf8");
  for (const [, name, code] of page.matchAll(/^```(?:js|yaml)\n(?:\/\/|#) (\S+)\n([\s\S]*?)^```/gm))
    write(name!, code!);
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const [, program, output] = /```js\n([\s\S]*?)```\n\n((?: {4}.*\n|\n)+)/.exec(readme)!;
  readmeOutput = `${output!.replaceAll(/^ {4}/gm, "").trim()}\n`;
  write("first.mjs", program!);
  const [, imports, rest] = /^((?:import .*\n)+)([\s\S]*)$/.exec(program!)!;
  write("app.mjs", `${imports}\nasync function main() {${rest}}\nmain();\n`);
  cpSync(join(__dirname, "../programs"), appFolder, { recursive: true });
  write(
    "app/layout.js",
    'export default ({ children }) => (\n  <html lang="en">\n    <body>{children}</body>\n  </html>\n);\n',
  );
}

/** The command of docs/reference/bundlers.md that begins with this text. */
export const documented = (beginning: string): string => documentedBlock(beginning)[0]!;

/** The commands of docs/reference/bundlers.md from the one that begins with this text to the end of its block. */
export function documentedBlock(beginning: string): readonly string[] {
  const page = readFileSync(join(ROOT, "docs/reference/bundlers.md"), "utf8");
  const [, block] = page.split(`\n    ${beginning}`);
  if (block === undefined)
    throw new Error(`Expected a command "${beginning}…" in docs/reference/bundlers.md.`);
  return `${beginning}${block.split("\n\n")[0]}`.split("\n").map((line) => line.trim());
}

function write(name: string, text: string): void {
  const path = join(appFolder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
