import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PACKAGES = fileURLToPath(new URL("../../packages/", import.meta.url));

/** Path of the ES module of each public entry of our packages, by its name: "@secondpass/core/node". */
export function entries() {
  const found = {};
  for (const folder of readdirSync(PACKAGES).sort()) {
    const {
      name,
      private: isPrivate,
      exports = {},
    } = JSON.parse(readFileSync(`${PACKAGES}${folder}/package.json`, "utf8"));
    if (isPrivate) continue;
    for (const [path, target] of Object.entries(exports)) {
      const file = target.import?.default;
      if (file !== undefined) found[name + path.slice(1)] = `${PACKAGES}${folder}/${file}`;
    }
  }
  return found;
}
