import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

/** Path of this repository on this machine, and its public address. */
export const repository = {
  root,
  description: manifest.description,
  url: manifest.repository.url.replace(/^git\+|\.git$/g, ""),
};
