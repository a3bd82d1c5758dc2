/**
 * Writes the next versions and changelogs by `changeset version`, but keeps a minor change a minor version.
 *
 * Changesets makes a major version of a package whose peer leaves its range, and below 1.0.0 every minor version leaves `^`: by this rule the first
 * release would be 1.0.0. While changesets runs, our packages accept any version of each other as peers. They are one fixed group, so each peer has a matching release.
 *
 *     node scripts/release/version.mjs [--root DIR]
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const OWN_PEER = "workspace:^";
/** The range of peers while `changeset version` runs; manifests do not have it at other times. */
const ANY_PEER = "workspace:>=0.0.0";

const [option, folder] = process.argv.slice(2);
const root = option === "--root" ? folder : fileURLToPath(new URL("../..", import.meta.url));
const manifests = readdirSync(join(root, "packages"))
  .map((name) => join(root, "packages", name, "package.json"))
  .filter(existsSync);

function writePeers(from, to) {
  for (const path of manifests) {
    const text = readFileSync(path, "utf8");
    const section = /"peerDependencies": \{[^}]*\}/;
    const changed = text.replace(section, (peers) => peers.replaceAll(`"${from}"`, `"${to}"`));
    if (changed !== text) writeFileSync(path, changed);
  }
}

const changeset = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");
writePeers(OWN_PEER, ANY_PEER);
try {
  process.exitCode =
    spawnSync(process.execPath, [changeset, "version"], { cwd: root, stdio: "inherit" }).status ?? 1;
} finally {
  writePeers(ANY_PEER, OWN_PEER);
}
