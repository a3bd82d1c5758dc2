/**
 * Publishes the packages that the registry does not have yet: packs every package, then publishes the tarballs one after the other, each after the
 * siblings that it needs, so that nobody can install a package whose siblings are missing. If it fails in the middle, run it again to
 * continue. Needs a build, and npm 11.5.1 or newer for trusted publishing.
 *
 *     node scripts/release/publish.mjs [--dry-run] [--provenance]
 *
 * Uses npm, not `changeset publish`: that publishes all packages at the same time, through pnpm, whose trusted publishing differs from npm's.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { packPackages } from "../pack/pack-packages.mjs";
import { publishedPackages } from "../pack/published-packages.mjs";
import { publishOrder } from "./publish-order.mjs";

let options;
try {
  const boolean = { type: "boolean", default: false };
  options = parseArgs({ options: { "dry-run": boolean, provenance: boolean } }).values;
} catch (error) {
  console.error(`${error.message}\nUsage: node scripts/release/publish.mjs [--dry-run] [--provenance]`);
  process.exit(2);
}

const npm = (args) =>
  spawnSync("npm", args, { encoding: "utf8", shell: process.platform === "win32", maxBuffer: 64e6 });

/** Whether the registry has this version. Only E404 means no: a registry that is down must not look empty. */
function isPublished({ name, version }) {
  const { status, stdout, stderr } = npm(["view", `${name}@${version}`, "version", "--json"]);
  if (status === 0) return stdout.trim() !== "";
  if (/E404/.test(`${stdout}${stderr}`)) return false;
  throw new Error(`The registry did not say whether it has ${name}@${version}:\n${stderr.trim()}`);
}

const folder = mkdtempSync(join(tmpdir(), "secondpass-release-"));
try {
  const manifests = publishedPackages();
  const paths = new Map(
    (await packPackages(folder, { linked: false })).map(({ name, path }) => [name, path]),
  );
  for (const name of publishOrder(manifests)) {
    const { version } = manifests.get(name);
    if (isPublished({ name, version })) {
      console.log(`there      ${name}@${version}`);
      continue;
    }
    const flags = [
      ...(options["dry-run"] ? ["--dry-run"] : []),
      ...(options.provenance ? ["--provenance"] : []),
    ];
    const { status, stderr } = npm(["publish", paths.get(name), "--access", "public", ...flags]);
    if (status !== 0) throw new Error(`npm could not publish ${name}@${version}:\n${stderr.trim()}`);
    console.log(`${options["dry-run"] ? "would do" : "published"}  ${name}@${version}`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
