// Compares hf-runtime with the results that key_walk.py recorded for each change, and prints the differences.
//
//     node tools/oracle/key-walk.mjs OUT
//
// Verdicts: "differs" (other numbers without an error), "untyped" (an error that is not a SecondpassError), "rejected" (an error where Python
// computes), "lenient" (numbers where Python throws); the others agree. "differs" and "untyped" are faults.
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

// The built package: run `npm run build` after a change.
const { SecondpassError, loadCrossEncoder, loadEncoder, loadMultiVectorEncoder, loadSparseEncoder } =
  await import("../../packages/hf-runtime/dist/index.js");

const TEXTS = [
  "Where is THE station?",
  "  Une tasse de th\u00e9 \u00e0 la menthe, s'il vous pla\u00eet. [SEP] <mask> \u6771\u4eac",
  "About four days. ".repeat(30),
];
const PAIRS = [
  [TEXTS[0], TEXTS[1]],
  [TEXTS[0], TEXTS[2]],
  [TEXTS[2], TEXTS[1]],
  ["tools?", ""],
];
const TASKS = [{}, { task: "query" }, { task: "document" }];

/** Loads a model by `load`, and returns the results of `compute` as one list. */
async function withModel(load, model, compute) {
  const loaded = await load({ model, threads: 1, worker: false, localFilesOnly: true });
  try {
    return (await compute(loaded)).flat(3).flatMap((row) => [...row]);
  } finally {
    await loaded.dispose();
  }
}

function promptOf(model, { task }) {
  if (!task) return {};
  const names = task === "query" ? ["query"] : ["document", "passage", "corpus"];
  const promptName = names.find((name) => model.prompts[name] !== undefined);
  return promptName === undefined ? {} : { promptName };
}

const each = async (items, one) => {
  const all = [];
  for (const item of items) all.push(await one(item));
  return all;
};

const KINDS = {
  scores: (model) =>
    withModel(loadCrossEncoder, model, async (m) => [await m.logits(PAIRS), await m.predict(PAIRS)]),
  vectors: (model) =>
    withModel(loadEncoder, model, (m) =>
      each(TASKS, (task) => m.embed(TEXTS, { ...task, ...promptOf(m, task) })),
    ),
  tokens: (model) =>
    withModel(loadMultiVectorEncoder, model, (m) =>
      each(TASKS.slice(1), (task) => m.embed(TEXTS, { ...task, ...promptOf(m, task) })),
    ),
  sparse: (model) =>
    withModel(loadSparseEncoder, model, async (m) => {
      const all = await each(TASKS, (task) => m.embed(TEXTS, { ...task, ...promptOf(m, task) }));
      return all.flat().map(({ indices, values }) => {
        const dense = new Float32Array(m.dimensions);
        for (const [i, place] of indices.entries()) dense[place] = values[i];
        return dense;
      });
    }),
};

const near = (a, b) =>
  a.length === b.length &&
  a.every(
    (x, i) => Math.abs(x - b[i]) <= 2e-4 * Math.max(1, Math.abs(b[i])) || (Number.isNaN(x) && b[i] == null),
  );

async function verdictOf(line, baseline) {
  let ours;
  try {
    ours = await KINDS[line.kind](line.folder);
  } catch (error) {
    const told = `${error?.name}: ${String(error?.message).replaceAll(line.folder, "FOLDER").slice(0, 260)}`;
    if (!(error instanceof SecondpassError)) return { verdict: "untyped", told };
    return { verdict: line.error ? "both throw" : "rejected", told };
  }
  if (line.error) return { verdict: "lenient", told: line.error };
  if (!near(ours, line.values) && !(line.alone && near(ours, line.alone))) {
    const [python, here] = [line.values, ours].map((values) =>
      near(values, baseline) ? "unchanged" : "changed",
    );
    return {
      verdict: "differs",
      told: `${ours.length} numbers, Python's ${line.values.length}; Python's are ${python}, ours ${here}`,
    };
  }
  return { verdict: near(line.values, baseline) ? "ignored" : "obeyed", told: "" };
}

const [out] = process.argv.slice(2);
const found = [];
let baseline = [];
for await (const text of createInterface({ input: createReadStream(join(out, "changes.jsonl")) })) {
  // Python writes values that JSON does not have.
  const line = JSON.parse(text.replaceAll(/-?\b(NaN|Infinity)\b/g, "null"));
  if (!line.file) baseline = line.values ?? [];
  const { values, alone, ...rest } = line;
  found.push({
    ...rest,
    pythonChanges: values ? !near(values, baseline) : undefined,
    ...(await verdictOf(line, baseline)),
  });
}
writeFileSync(join(out, "verdicts.jsonl"), found.map((one) => JSON.stringify(one)).join("\n"));
const verdicts = [...new Set(found.map(({ verdict }) => verdict))];
for (const name of verdicts)
  console.log(`${name}: ${found.filter(({ verdict }) => verdict === name).length}`);
for (const { verdict, base, file, key, value, told } of found) {
  if (verdict === "differs" || verdict === "untyped")
    console.log(
      `${verdict} ${base} ${file ?? "(as it is)"} ${key ?? ""} = ${JSON.stringify(value)}: ${told}`,
    );
}
