import { mean } from "../support/deviation.mjs";
import { DEFAULT } from "./rankers.mjs";

const RERANKED = "embedder + reranker";

/** A Markdown table of all figures, with the gain of reranking over the embedder, and a comparison with the baselines below it. */
export function rankingTable(figures) {
  const systems = Object.keys(figures[0]?.values ?? {});
  const after = systems.indexOf(RERANKED) + 1;
  const header = [...systems.slice(0, after), "gain", ...systems.slice(after)];
  const lines = [
    `| set (queries) | measure | ${header.join(" | ")} | default − BM25 [95 %] |`,
    `|---|---|${header.map(() => "---:|").join("")}---:|`,
  ];
  for (const { set, queries, measure, values, bm25, gain } of figures) {
    const cells = systems.map((system) => values[system].toFixed(3));
    cells[systems.indexOf("BM25")] += ` (${bm25})`;
    cells.splice(after, 0, percent(gainOf(values)));
    lines.push(`| ${set} (${queries}) | ${measure} | ${cells.join(" | ")} | ${intervalOf(gain)} |`);
  }
  lines.push(
    "",
    "BM25: the stronger of wink's and ours, plain, k1 1.2, b 0.75, stems and stop words; the cell says which.",
  );
  return `${lines.join("\n")}\n${barsOf(figures)}`;
}

function barsOf(figures) {
  const judged = figures.filter(({ measure }) => measure === "nDCG@10");
  if (judged.length === 0) return "";
  const gains = judged.map(({ values }) => gainOf(values));
  const better = judged.filter(({ values }) => values[RERANKED] > values.BM25);
  return (
    `\nnDCG@10: reranking improves ${gains.filter((gain) => gain > 0).length} of ${judged.length} sets, by ` +
    `${percent(mean(gains))} on average; better than BM25 on ${better.length}` +
    `${better.length > 0 ? ` (${better.map(({ set }) => set).join(", ")})` : ""}. The default, ${DEFAULT}, is ` +
    `${signed(mean(judged.map(({ values }) => values[DEFAULT] - values.BM25)))} from BM25 on average.\n`
  );
}

/** Results of the probes, as Markdown tables. */
export function probeLines({ lures, auc, guide }) {
  return [
    "| what looks like an answer | trials | beats the passage that answers |",
    "|---|---:|---:|",
    ...lures.map(({ kind, count, share }) => `| ${kind} | ${count} | ${(100 * share).toFixed(0)} % |`),
    "",
    "| unanswerable questions | AUC of the best score |",
    "|---|---:|",
    ...Object.entries(auc).map(([kind, area]) => `| ${kind} | ${area.toFixed(3)} |`),
    "",
    `| docs/guide, ${guide[0].questions} questions | first | among three |`,
    "|---|---:|---:|",
    ...guide.map(({ system, first, three }) => `| ${system} | ${first} | ${three} |`),
    "",
  ].join("\n");
}

const signed = (value) => `${value >= 0 ? "+" : ""}${value.toFixed(3)}`;
const intervalOf = ({ difference, low, high }) => `${signed(difference)} [${signed(low)}, ${signed(high)}]`;
const gainOf = (values) => values[RERANKED] / values.embedder - 1;
const percent = (share) => `${share >= 0 ? "+" : ""}${(share * 100).toFixed(1)} %`;
