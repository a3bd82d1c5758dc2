/**
 * Measures how fast hf-runtime's tokenizers load and encode, compared with @huggingface/tokenizers and with Python's tokenizers, written in Rust, on the same files and
 * on one thread. Python's takes part if BENCH_PYTHON has it, or the venv of the benchmarks with peers (`npm run bench -- rerank --quick` makes it).
 *
 *     node bench/tokenize/run.mjs [--rounds 7] [--texts <folder>] [tokenizer.json[.gz] …]
 *
 * Default: the tokenizers and texts next to the repository (../shared/data) if they exist, else the small ones of
 * hf-runtime's tests. Texts are cut into chunks of 500 characters. "New words" starts each round with empty caches;
 * "seen words" is the second time over the same texts, as in a service. Ids are compared before anything is timed.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { Tokenizer } from "@huggingface/tokenizers";
import { peersPython } from "../support/install-peers.mjs";
import { PeerProcess } from "../support/peer-process.mjs";
import { median, quantile } from "../support/quantile.mjs";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const SHARED = join(REPOSITORY, "../shared/data");
const RUNTIME = join(REPOSITORY, "packages/hf-runtime");
const CHUNK_CHARACTERS = 500;

// The tokenizer is not a public entry of hf-runtime: this imports its sources, with the types stripped.
const require = createRequire(import.meta.url);
require(join(RUNTIME, "test/support/typescript-hook.cjs"));
const { resolveModel } = require(join(RUNTIME, "src/hub/resolve-model.ts"));
const { loadTokenizer } = require(join(RUNTIME, "src/tokenizer/load-tokenizer.ts"));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "7" }, texts: { type: "string" } },
});
const rounds = Number(values.rounds);
const chunks = readChunks(values.texts ?? (existsSync(SHARED) ? join(SHARED, "text") : undefined));
const python = peersPython();
const rust = existsSync(python)
  ? new PeerProcess(python, join(import.meta.dirname, "rust-peer.py"))
  : undefined;
if (rust === undefined) console.log(`Rust's tokenizers are left out: ${python} does not exist.\n`);
const tokenizers = positionals.length > 0 ? positionals : defaultTokenizers();

console.log(
  `${chunks.length} texts of up to ${CHUNK_CHARACTERS} characters, ${rounds} rounds, Node ${process.version}\n`,
);
for (const path of tokenizers) console.log(report(path, await measure(path)));
await rust?.end();

async function measure(path) {
  const folder = mkdtempSync(join(tmpdir(), "secondpass-bench-tokenize-"));
  const file = join(folder, "tokenizer.json");
  const bytes = readFileSync(path);
  writeFileSync(file, path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  const ours = async () => loadTokenizer(await resolveModel({ model: folder }), { maxLength: 1e6 });
  const theirs = () => new Tokenizer(JSON.parse(readFileSync(file, "utf8")), {});
  const forget = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".bin"))
      .map((name) => rmSync(join(folder, name)));

  const peer = theirs();
  const first = await ours();
  const different = chunks.filter((text) => first.encode(text).ids.join() !== peer.encode(text).ids.join());
  await rust?.call({ call: "load", file });
  const { ids } = (await rust?.call({ call: "encode", texts: chunks, ids: true })) ?? {};
  const differentFromRust =
    ids && chunks.filter((text, i) => first.encode(text).ids.join() !== ids[i].join());
  const figures = {};
  const note = (name, value) => {
    figures[name] ??= [];
    figures[name].push(value);
  };
  for (let round = 0; round < rounds; round++) {
    note("load: theirs", await milliseconds(theirs));
    forget();
    note("load: ours, first time", await milliseconds(ours));
    note("load: ours, later", await milliseconds(ours));
    const fresh = await ours();
    note("encode: ours, new words", await milliseconds(() => encodeAll(fresh)));
    note("encode: ours, seen words", await milliseconds(() => encodeAll(fresh)));
    note("encode: theirs", await milliseconds(() => encodeAll(peer)));
    if (rust === undefined) continue;
    note("load: Rust", (await rust.call({ call: "load", file })).ms);
    note("encode: Rust", (await rust.call({ call: "encode", texts: chunks })).ms);
  }
  const tokens = chunks.reduce((sum, text) => sum + first.encode(text).ids.length, 0);
  rmSync(folder, { recursive: true });
  return { figures, tokens, different: different.length, differentFromRust: differentFromRust?.length };
}

function encodeAll(tokenizer) {
  for (const text of chunks) tokenizer.encode(text);
}

async function milliseconds(job) {
  const start = performance.now();
  await job();
  return performance.now() - start;
}

function report(path, { figures, tokens, different, differentFromRust }) {
  const lines = Object.entries(figures).map(([name, times]) => {
    const base = figures[`${name.split(":")[0]}: theirs`];
    const ratio = median(times.map((time, round) => base[round] / time));
    const speed = name.startsWith("encode") ? `${Math.round(tokens / median(times))}k tokens/s` : "";
    const spread = `${quantile(times, 0.1).toFixed(0)}–${quantile(times, 0.9).toFixed(0)}`;
    return `  ${name.padEnd(26)} ${median(times).toFixed(1).padStart(8)} ms (${spread})  ${ratio.toFixed(2)}×  ${speed}`;
  });
  const title = `${basename(dirname(path))}/${basename(path)}: ${tokens} tokens, ids differ from upstream's in ${different} texts`;
  if (differentFromRust === undefined) return [title, ...lines, ""].join("\n");
  const shares = ["new", "seen"].map((words) => {
    const times = figures[`encode: ours, ${words} words`];
    return `${median(times.map((time, round) => figures["encode: Rust"][round] / time)).toFixed(2)} with ${words} words`;
  });
  const beside = `  our speed as a share of Rust's: ${shares.join(", ")}; ids differ from Rust's in ${differentFromRust} texts`;
  return [title, ...lines, beside, ""].join("\n");
}

function readChunks(folder) {
  const texts = folder
    ? listFiles(folder).map((file) => readFileSync(file, "utf8"))
    : JSON.parse(readFileSync(join(RUNTIME, "test/goldens/tokenize/ids.json"), "utf8")).texts;
  return texts.flatMap((text) => text.match(new RegExp(`[\\s\\S]{1,${CHUNK_CHARACTERS}}`, "gu")) ?? []);
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

function defaultTokenizers() {
  const real = ["bge-reranker-base/tokenizer.json.gz", "all-MiniLM-L6-v2/tokenizer.json"].map((name) =>
    join(SHARED, "tokenizers", name),
  );
  const small = ["unigram", "wordpiece"].map((name) =>
    join(RUNTIME, "test/fixtures/tokenize", `${name}.json`),
  );
  return existsSync(real[0]) ? real : small;
}
