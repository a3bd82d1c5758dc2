import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../support/cache-folder.mjs";
import { modelFolder } from "./model-folder.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const TRAIN = here("../../../shared/data/train/");
const FILES = ["medquad", "factbook", "tldr-en", "nqg-squad"].map((name) => `${TRAIN}${name}.jsonl.gz`);
/**
 * Texts that are embedded, by dimensions; others of the same files are the queries. mpnet takes ten times as long as MiniLM, and its vectors are made in int8: their
 * spectrum is the same.
 */
const EMBEDDED = { 384: { texts: 20_000, dtype: "fp32" }, 768: { texts: 6000, dtype: "int8" } };
export const QUERIES = 256;
const SEED = 7;

/**
 * Vectors to search, made once: "real", which are texts of the development data, embedded by the real MiniLM (384) or mpnet (768) and enlarged by
 * mixing pairs, and "random".
 *
 * @param {"real" | "random"} set
 * @param {{ n: number, d: number, python: string }} options
 * @returns {{ vectors: string, queries: string, spectrum: object }} files of float32 rows; how much of the variance is in few directions
 * @throws {Error} if the data or a model is missing
 */
export function vectorSet(set, { n, d, python }) {
  const folder = cacheFolder("vectors");
  mkdirSync(folder, { recursive: true });
  const base = set === "real" ? embedded(d, python) : undefined;
  const vectors = enlarged(join(folder, `${set}-${n}-${d}.f32`), n, d, SEED, base?.vectors, python);
  if (base) return { vectors, queries: base.queries, spectrum: spectrumOf(vectors) };
  const queries = enlarged(
    join(folder, `${set}-queries-${QUERIES}-${d}.f32`),
    QUERIES,
    d,
    SEED + 1,
    undefined,
    python,
  );
  return { vectors, queries, spectrum: spectrumOf(vectors) };
}

const spectrumOf = (file) => JSON.parse(readFileSync(`${file}.json`, "utf8"));

/** Texts and queries as vectors, by our own runtime. */
function embedded(d, python) {
  if (EMBEDDED[d] === undefined) throw new RangeError(`Expected 384 or 768 dimensions, got ${d}.`);
  const { texts, dtype } = EMBEDDED[d];
  const folder = cacheFolder("vectors", `embedded-${d}`);
  const [vectors, queries] = [texts, QUERIES].map((count, i) =>
    join(folder, `${["vectors", "queries"][i]}-${count}-${d}.f32`),
  );
  if (!existsSync(queries) || statSync(queries).size < QUERIES * d * 4) {
    if (!existsSync(TRAIN)) throw new Error(`Expected the development data in ${TRAIN}, for real vectors.`);
    console.error(`Embedding ${texts} texts (minutes, once) …`);
    const values = { model: modelFolder(d, python), data: folder, n: texts, queries: QUERIES, dtype };
    const flags = Object.entries(values).map(([name, value]) => `--${name}=${value}`);
    run(process.execPath, [here("../faiss/embed-vectors.mjs"), ...flags, ...FILES]);
  }
  return { vectors, queries };
}

function enlarged(file, rows, d, seed, base, python) {
  if (existsSync(file) && existsSync(`${file}.json`)) return file;
  const figures = run(python, [here("enlarge.py"), file, rows, d, seed, ...(base ? [base] : [])].map(String));
  writeFileSync(`${file}.json`, figures);
  return file;
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${args[0]} failed: ${stderr.slice(-500)}`);
  return stdout;
}
