/**
 * Tries recipes of hybrid search and second pass on the development sets, without training: fields, normalization, weight, number of candidates, constant of the blend.
 *
 *     npm run bench -- recipes [--sets cacm,liveqa_med,qed,pubmedqa,selqa-dev] [--limit 300] [--folder DIR] [--threads N]
 *
 * `--limit` takes the first N queries of each set. Scores of both passes are kept in `--folder` (by default in the temporary folder), by the models' checksums: the second run only does arithmetic.
 * A recipe is chosen by the mean of all sets but one and judged on that one (leave one out).
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { measureRanking, pairedBootstrap } from "@secondpass/evaluation";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { mean } from "../support/deviation.mjs";
import { machine } from "../support/machine.mjs";
import { quantile } from "../support/quantile.mjs";
import { randomNumbers } from "../support/random-numbers.mjs";
import { Bm25 } from "./bm25.mjs";
import { BEIR_SETS, RERANK_SETS, readBeirSet, readRerankSet } from "./dev-data.mjs";
import { RecipeScores } from "./recipe-scores.mjs";

const { values: flags } = parseArgs({
  options: {
    sets: { type: "string", default: [...BEIR_SETS, ...RERANK_SETS].join() },
    limit: { type: "string", default: "300" },
    threads: { type: "string" },
    folder: { type: "string", default: join(tmpdir(), "secondpass-recipes") },
  },
});
const limit = Number(flags.limit);
const threads = flags.threads && Number(flags.threads);

/** Parameters of recipes; the first value of each is the present default. */
const CHOICES = {
  fields: ["once", "title twice"],
  scale: ["max", "min-max", "z"],
  weight: [0.5, 0.4, 0.6],
  candidates: [20, 30],
  c: [60, 20, 10],
};
const NAMES = Object.keys(CHOICES);
const RECIPES = NAMES.reduce(
  (all, name) => all.flatMap((recipe) => CHOICES[name].map((value) => ({ ...recipe, [name]: value }))),
  [{}],
);
const [DEFAULT] = RECIPES;

const scoresOf = new RecipeScores({
  embeddings: new HuggingFaceEmbeddings({ model: EMBEDDER_PATH, threads }),
  crossEncoder: new HuggingFaceCrossEncoder({ model: RERANKER_PATH, threads }),
  folder: flags.folder,
});
const sets = flags.sets
  .split(",")
  .map((name) => (BEIR_SETS.includes(name) ? readBeirSet : readRerankSet)(name, limit));
/** nDCG@10 by set, recipe and query. */
const judged = [];
const baselines = [];
for (const set of sets) {
  console.error(set.name);
  const first = await scoresOf.firstPass(set);
  const orders = RECIPES.map((recipe) => first.map((query) => firstOrder(query.documents, recipe)));
  const wanted = first.map((_, i) => [...new Set(orders.flatMap((order) => order[i]))]);
  const second = await scoresOf.secondPass(set, wanted, console.error);
  const ndcg = (ids, i) => measureRanking("ndcg@10", ids, set.queries[i].grades);
  judged.push(RECIPES.map(({ c }, r) => orders[r].map((order, i) => ndcg(blended(order, second[i], c), i))));
  const wink = new Bm25(set.documents);
  baselines.push({
    "BM25, wink": set.queries.map(({ text, candidates }, i) =>
      ndcg(wink.search(text, 10, candidates && new Set(candidates)), i),
    ),
    "BM25, ours": first.map(({ bm25 }, i) => ndcg(bm25, i)),
  });
}
await print();
process.exit();

/** The candidates of a recipe for the second pass, best first. */
function firstOrder(documents, { fields, scale, weight, candidates }) {
  const words = documents.map((document) => document[fields === "once" ? 2 : 3]);
  const meaning = documents.map((document) => document[1]);
  const [scaledWords, scaledMeaning] =
    scale === "max"
      ? [byMax(words), meaning]
      : scale === "z"
        ? [z(words), z(meaning)]
        : [minMax(words), minMax(meaning)];
  return documents
    .map(([id], i) => [id, weight * scaledWords[i] + (1 - weight) * scaledMeaning[i]])
    .sort((a, b) => b[1] - a[1])
    .slice(0, candidates)
    .map(([id]) => id);
}

function blended(order, scores, c) {
  const byModel = order.toSorted((a, b) => scores[b] - scores[a]);
  const rank = new Map(byModel.map((id, i) => [id, i + 1]));
  const score = order.map((id, i) => [id, 1 / (c + rank.get(id)) + 1 / (c + i + 1)]);
  return score.sort((a, b) => b[1] - a[1]).map(([id]) => id);
}

function byMax(values) {
  const most = Math.max(...values) || 1;
  return values.map((value) => value / most);
}

function minMax(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (value - least) / (most - least || 1));
}

function z(values) {
  const center = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - center) ** 2))) || 1;
  return values.map((value) => (value - center) / deviation);
}

async function print() {
  const names = sets.map(({ name, queries }) => `${name} (${queries.length})`);
  const row = (label, cells) => console.log(`| ${label} | ${cells.join(" | ")} |`);
  console.log(`## Recipes of the default pipeline: ${machine()}\n\nnDCG@10\n`);
  row("system", [...names, "mean"]);
  console.log(`|---|${names.map(() => "---:|").join("")}---:|`);
  const systems = { ...transposed(baselines), default: judged.map(([values]) => values) };
  for (const [label, bySet] of Object.entries(systems)) {
    row(
      label,
      [...bySet.map(mean), mean(bySet.map(mean))].map((value) => value.toFixed(3)),
    );
  }
  console.log(
    "\nDifference from BM25 (ours) and from wink's, with 95 % intervals by a paired bootstrap over queries\n",
  );
  row("default minus", [...names, "mean"]);
  console.log(`|---|${names.map(() => "---:|").join("")}---:|`);
  for (const label of Object.keys(baselines[0])) {
    row(label, await differences(systems.default, systems[label]));
  }
  console.log("\nOne change at a time: difference from the default\n");
  row("change", [...names, "mean"]);
  console.log(`|---|${names.map(() => "---:|").join("")}---:|`);
  for (const name of NAMES) {
    for (const value of CHOICES[name].slice(1)) {
      const r = RECIPES.findIndex((recipe) =>
        NAMES.every((key) => recipe[key] === (key === name ? value : DEFAULT[key])),
      );
      row(
        `${name} ${value}`,
        await differences(
          judged.map((set) => set[r]),
          systems.default,
        ),
      );
    }
  }
  console.log("\nLeave one set out: the recipe that is best on the other sets, judged on the one left out\n");
  console.log("| set left out | best on the others | difference from the default there |");
  console.log("|---|---|---:|");
  const chosen = judged.map((_, left) => bestRecipe(judged.filter((_, i) => i !== left)));
  const values = judged.map((set, i) => set[chosen[i]]);
  const cells = await differences(values, systems.default);
  for (const [i, name] of names.entries()) row(name, [labelOf(RECIPES[chosen[i]]), cells[i]]);
  row("mean", ["", cells.at(-1)]);
  const best = bestRecipe(judged);
  console.log(
    `\nBest on all sets together: ${labelOf(RECIPES[best])}, ${(
      await differences(
        judged.map((set) => set[best]),
        systems.default,
      )
    ).at(-1)}.`,
  );
}

function bestRecipe(bySet) {
  const means = RECIPES.map((_, r) => mean(bySet.map((set) => mean(set[r]))));
  return means.indexOf(Math.max(...means));
}

/** Per set, and of the mean of the sets: queries are drawn within each set. */
async function differences(ours, theirs) {
  const cells = [];
  for (const [i, values] of ours.entries()) cells.push(await pairedBootstrap(values, theirs[i]));
  const gaps = ours.map((values, i) => values.map((value, j) => value - theirs[i][j]));
  const random = randomNumbers(20);
  const means = Array.from({ length: 2000 }, () =>
    mean(gaps.map((gap) => mean(gap.map(() => gap[Math.floor(random() * gap.length)])))),
  );
  cells.push({ difference: mean(gaps.map(mean)), low: quantile(means, 0.025), high: quantile(means, 0.975) });
  return cells.map(({ difference, low, high }) => `${signed(difference)} [${signed(low)}, ${signed(high)}]`);
}

function signed(value) {
  return `${value >= 0 ? "+" : ""}${value.toFixed(3)}`;
}

function labelOf(recipe) {
  const changed = NAMES.filter((name) => recipe[name] !== DEFAULT[name]).map(
    (name) => `${name} ${recipe[name]}`,
  );
  return changed.length > 0 ? changed.join(", ") : "the default";
}

/** From one object a set to one list a key. */
function transposed(objects) {
  return Object.fromEntries(
    Object.keys(objects[0]).map((key) => [key, objects.map((object) => object[key])]),
  );
}
