import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { publishedPackages } from "../pack/published-packages.mjs";
import { installWithNpm } from "./install-with-npm.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}.work/services/bundlers`;
const installed = `${folder}/installed.txt`;

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** Dependencies of our published packages, in the versions of the lockfile. */
function libraries() {
  const found = {};
  for (const { folder: name, dependencies, peerDependencies } of publishedPackages().values()) {
    for (const library of Object.keys({ ...dependencies, ...peerDependencies })) {
      const manifest = `${root}packages/${name}/node_modules/${library}/package.json`;
      if (!library.startsWith("@secondpass/") && existsSync(manifest))
        found[library] = readJson(manifest).version;
    }
  }
  return found;
}

/** The manifest of the folder in which the tests build apps. */
const manifest = () => {
  const dependencies = {
    ...libraries(),
    ...readJson(fileURLToPath(new URL("bundlers.json", import.meta.url))),
  };
  return JSON.stringify({ private: true, dependencies }, null, 2);
};

function install() {
  installWithNpm(folder, manifest(), ["--prefer-offline"], { ONNXRUNTIME_NODE_INSTALL: "skip" });
  writeFileSync(installed, manifest());
}

/** Bundlers, package managers and runtimes of bundlers.json, in a separate folder outside the lockfile. About 400 MB are downloaded. */
export const bundlers = {
  isReady: () => existsSync(installed) && readFileSync(installed, "utf8") === manifest(),
  install,
  advice: "npm needs network access the first time.",
};
