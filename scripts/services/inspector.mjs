import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installWithNpm } from "./install-with-npm.mjs";

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
  const words = ["--ignore-scripts", "--save-exact", `@modelcontextprotocol/inspector@${VERSION}`];
  installWithNpm(folder, '{ "private": true }\n', words);
}

/** The inspector of the Model Context Protocol, which calls a server as clients do. It is too large for the lockfile: it installs React and Vite. */
export const inspector = {
  isReady,
  install,
  advice: "npm needs network access the first time.",
};
