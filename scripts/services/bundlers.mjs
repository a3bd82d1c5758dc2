import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}.work/services/bundlers`;
const installed = `${folder}/installed.txt`;

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** What our published packages need of others, in the versions that the lockfile has here. */
function libraries() {
  const found = {};
  for (const name of readdirSync(`${root}packages`)) {
    const {
      private: isPrivate,
      dependencies,
      peerDependencies,
    } = readJson(`${root}packages/${name}/package.json`);
    if (isPrivate) continue;
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
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, manifest());
  const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, error } = spawnSync("npm", args, {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
  });
  if (status !== 0) throw new Error(`\`npm ${args.join(" ")}\` failed: ${error?.message ?? status}`);
  writeFileSync(installed, manifest());
}

/** Bundlers, package managers and runtimes of bundlers.json, in a folder of their own outside the lockfile. About 400 MB are downloaded. */
export const bundlers = {
  isReady: () => existsSync(installed) && readFileSync(installed, "utf8") === manifest(),
  install,
  advice: "npm needs network access the first time.",
};
