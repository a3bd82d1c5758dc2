import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const VERSION = "2.12.0";
const folder = fileURLToPath(new URL("../../.work/services/inspector", import.meta.url));
const manifest = `${folder}/node_modules/@modelcontextprotocol/inspector/package.json`;

function isReady() {
  try {
    return JSON.parse(readFileSync(manifest, "utf8")).version === VERSION;
  } catch {
    return false;
  }
}

function install() {
  mkdirSync(folder, { recursive: true });
  // Without a manifest of its own, npm would install into the repository.
  writeFileSync(`${folder}/package.json`, '{ "private": true }\n');
  const words = [
    "install",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--loglevel=error",
    "--save-exact",
  ];
  const { status, error } = spawnSync("npm", [...words, `@modelcontextprotocol/inspector@${VERSION}`], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`\`npm install\` failed: ${error?.message ?? status}`);
}

/** The Model Context Protocol's inspector, which tries a server as its clients do. Too much for the lockfile: it brings React and Vite. */
export const inspector = {
  isReady,
  install,
  advice: "npm needs network access the first time.",
};
