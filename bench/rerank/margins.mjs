/**
 * What a screen's margin costs and misses on a real cross-encoder: candidates are BM25's best, of the development sets beside the
 * repository. Every margin is tried on the same float32 and int8 logits, computed once.
 *
 *     node bench/rerank/margins.mjs --model FOLDER [--sets cacm,liveqa_med,qed] [--queries 40] [--candidates 20,100] [--top 3]
 */
import { parseArgs } from "node:util";
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { Bm25 } from "../mini/bm25.mjs";
import { readBeirSet } from "../mini/datasets.mjs";
import { best, deviation, quantile } from "../support/statistics.mjs";

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    sets: { type: "string", default: "cacm,liveqa_med,qed" },
    queries: { type: "string", default: "40" },
    candidates: { type: "string", default: "20,100" },
    top: { type: "string", default: "3" },
    threads: { type: "string", default: "2" },
  },
});
const top = Number(values.top);
const counts = values.candidates.split(",").map(Number);
const load = (dtype) => loadCrossEncoder({ model: values.model, dtype, threads: Number(values.threads) });
const models = [await load("fp32"), await load("int8")];

/** [queries] of float32 and int8 logits, in BM25's order. */
const queries = [];
for (const name of values.sets.split(",")) {
  const { documents, queries: asked } = readBeirSet(name, Number(values.queries));
  const bm25 = new Bm25(documents);
  const texts = new Map(documents.map(({ id, text }) => [id, text]));
  for (const { text: query } of asked) {
    const pairs = bm25.search(query, Math.max(...counts)).map((id) => [query, texts.get(id)]);
    const [exact, quick] = await Promise.all(
      models.map(async (model) => (await model.logits(pairs)).map(([logit]) => logit)),
    );
    queries.push({ exact, quick });
  }
}
await Promise.all(models.map((model) => model.dispose()));

for (const count of counts) {
  const cut = queries
    .map(({ exact, quick }) => ({ exact: exact.slice(0, count), quick: quick.slice(0, count) }))
    .filter(({ exact }) => exact.length > top);
  const under = cut.flatMap(({ exact, quick }) => {
    const spread = deviation(quick);
    return exact.map((logit, i) => (logit - quick[i]) / spread);
  });
  const different = cut.filter(
    ({ exact, quick }) => best(exact, top).join() !== best(quick, top).join(),
  ).length;
  console.log(`${cut.length} queries of ${count} candidates at most, best ${top}`);
  console.log(
    `int8 too low by, in standard deviations of a query's logits: 99 % ${quantile(under, 0.99).toFixed(3)}, ` +
      `99.9 % ${quantile(under, 0.999).toFixed(3)}, worst ${Math.max(...under).toFixed(3)}; ` +
      `its best ${top} differ for ${((100 * different) / cut.length).toFixed(1)} %`,
  );
  for (const least of [0, 0.05, 0.1, 0.15, 0.2, 0.3]) {
    for (const factor of [1, 2]) {
      const screens = cut.map(({ exact, quick }) => screen(exact, quick, { least, factor }));
      const missed = screens.filter(({ missed }) => missed).length;
      const share = screens.reduce((sum, { share }) => sum + share, 0) / screens.length;
      console.log(
        `  at least ${least} of the deviation, ${factor} times the worst drift seen: misses ${missed} of ${cut.length}, ` +
          `scores ${(100 * share).toFixed(1)} % again`,
      );
    }
  }
}

/** The screen of packages/hf-runtime/src/scoring over logits that are known already. */
function screen(exact, quick, { least, factor }) {
  const rescored = new Set(best(quick, top));
  for (let before = 0; rescored.size > before; ) {
    before = rescored.size;
    const last = [...rescored].map((i) => exact[i]).sort((a, b) => b - a)[top - 1];
    const worst = Math.max(...[...rescored].map((i) => Math.abs(exact[i] - quick[i])));
    const margin = Math.max(least * deviation(quick), factor * worst);
    quick.forEach((logit, i) => {
      if (logit + margin >= last) rescored.add(i);
    });
  }
  const found = [...rescored].sort((a, b) => exact[b] - exact[a]).slice(0, top);
  return { missed: found.join() !== best(exact, top).join(), share: rescored.size / exact.length };
}
