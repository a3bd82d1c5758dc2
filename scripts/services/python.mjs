import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installWithApt } from "./install-with-apt.mjs";

const folder = fileURLToPath(new URL("../../.work/services/python", import.meta.url));
const requirements = fileURLToPath(new URL("python-requirements.txt", import.meta.url));
const installed = `${folder}/installed.txt`;

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`\`${command} ${args.join(" ")}\` failed: ${error?.message ?? status}`);
}

function isReady() {
  try {
    return readFileSync(installed, "utf8") === readFileSync(requirements, "utf8");
  } catch {
    return false;
  }
}

function install() {
  mkdirSync(folder, { recursive: true });
  if (spawnSync("python3", ["-c", "import ensurepip, venv"]).status !== 0) {
    installWithApt("python3", "python3-venv");
  }
  run("python3", ["-m", "venv", "--clear", folder]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements];
  run(`${folder}/bin/python`, pip);
  writeFileSync(installed, readFileSync(requirements));
}

/** Python with the clients of python-requirements.txt, in a separate environment. Tests find it in SECONDPASS_PYTHON. */
export const python = {
  isReady,
  install,
  advice:
    "Install Python 3.10 to 3.12 (pgserver has no others) with venv; pip needs network access the first time.",
  path: `${folder}/bin/python`,
};
