import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "./cache-folder.mjs";

const REQUIREMENTS = fileURLToPath(new URL("./peers-requirements.txt", import.meta.url));
const PYTHON_FOLDER = cacheFolder("peers", "python");
const PYTHON = join(PYTHON_FOLDER, "bin", "python");
const MANIFEST = fileURLToPath(new URL("./peers-package.json", import.meta.url));

/**
 * Installs the peers in separate folders, outside the lockfile, once a version: a venv (Linux: 6 GB, as torch brings CUDA) and an npm folder (1 GB).
 * BENCH_PYTHON names a Python with the same packages instead.
 *
 * @returns {{ python: string, npm: string }} path of Python, and the npm folder
 * @throws {Error} if pip or npm fails; what they say is on the error output
 */
export function installPeers() {
  return { python: process.env.BENCH_PYTHON ?? installPython(), npm: installNpm() };
}

/** Path of the peers' Python, which may not be installed yet. */
export function peersPython() {
  return process.env.BENCH_PYTHON ?? PYTHON;
}

function installPython() {
  once(PYTHON_FOLDER, REQUIREMENTS, () => {
    run("python3", ["-m", "venv", PYTHON_FOLDER]);
    run(PYTHON, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]);
  });
  return PYTHON;
}

function installNpm() {
  const folder = cacheFolder("peers", "npm");
  once(folder, MANIFEST, () => {
    writeFileSync(join(folder, "package.json"), readFileSync(MANIFEST));
    // Install scripts would download CUDA and compile; CPU binaries come as packages.
    const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    run("npm", ["install", ...flags], { cwd: folder });
    writeFileSync(join(folder, "import.mjs"), "export const load = (name) => import(name);\n");
  });
  return folder;
}

/** Installs unless this list of packages is installed. */
function once(folder, list, install) {
  const mark = join(folder, "installed.txt");
  const wanted = readFileSync(list, "utf8");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return;
  console.error(`Installing the peers in ${folder} (minutes, once) …`);
  mkdirSync(folder, { recursive: true });
  install();
  writeFileSync(mark, wanted);
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", 2, 2], ...options });
  if (status !== 0) throw new Error(`\`${command} ${args.join(" ")}\` failed: ${error?.message ?? status}`);
}
