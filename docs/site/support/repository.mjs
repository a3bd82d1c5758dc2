import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

/** Where this repository is: on this machine, and where others read it. */
export const repository = {
  root,
  description: manifest.description,
  url: manifest.repository.url.replace(/^git\+|\.git$/g, ""),
};
