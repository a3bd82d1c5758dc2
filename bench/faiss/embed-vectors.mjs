/**
 * Writes real embeddings for run.mjs into its --data folder: recall on made-up vectors says little.
 *
 *     node bench/faiss/embed-vectors.mjs --model MODEL --data DIR --n 100000 [--queries 256] [--dtype fp32] FILE.jsonl[.gz]…
 *
 * Reads every text of the files (strings anywhere in a line's JSON, at least 20 characters), drops those that occur twice,
 * shuffles them with a fixed seed, and embeds `n` and then `queries` more, which are not in the index. A hundred thousand
 * texts take a MiniLM about half an hour on two cores.
 */
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { randomNumbers } from "../support/random-numbers.mjs";
import { readJsonLines } from "../support/read-json-lines.mjs";

const { values: flags, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", default: "sentence-transformers/all-MiniLM-L6-v2" },
    data: { type: "string", default: "." },
    n: { type: "string", default: "100000" },
    queries: { type: "string", default: "256" },
    dtype: { type: "string", default: "fp32" },
  },
});
const count = Number(flags.n);
const queries = Number(flags.queries);

/** Fewer characters are labels and ids, not texts. */
const MIN_LENGTH = 20;
const PIECE = 2048;

const texts = shuffled([...new Set(files.flatMap((file) => [...stringsIn(readJsonLines(file))]))]);
if (texts.length < count + queries) {
  throw new RangeError(
    `Expected ${count + queries} different texts, got ${texts.length}. Give more files, or a smaller --n.`,
  );
}
const embeddings = new HuggingFaceEmbeddings({ model: flags.model, dtype: flags.dtype, normalize: true });
mkdirSync(flags.data, { recursive: true });
await write("vectors", texts.slice(0, count));
await write("queries", texts.slice(count, count + queries));
await embeddings.dispose();

async function write(name, list) {
  let file;
  for (let start = 0; start < list.length; start += PIECE) {
    const vectors = await embeddings.embedDocuments(list.slice(start, start + PIECE));
    file ??= openSync(join(flags.data, `${name}-${list.length}-${vectors[0].length}.f32`), "w");
    for (const vector of vectors) writeSync(file, Float32Array.from(vector));
    console.log(`${name}: ${Math.min(start + PIECE, list.length)} of ${list.length}`);
  }
  closeSync(file);
}

function* stringsIn(value) {
  if (typeof value === "string") {
    if (value.length >= MIN_LENGTH) yield value;
  } else if (value !== null && typeof value === "object") {
    for (const each of Object.values(value)) yield* stringsIn(each);
  }
}

function shuffled(list) {
  const random = randomNumbers(1);
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
