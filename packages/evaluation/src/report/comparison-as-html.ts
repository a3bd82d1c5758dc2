import { createHash } from "node:crypto";
import { checkKnownOptions, checkText } from "@secondpass/core";
import type {
  FoundDocument,
  PipelineResult,
  QuestionResult,
  RankingComparison,
} from "../comparison/ranking-comparison.js";
import { Markup, type MarkupValue, markup } from "../markup/markup.js";
import type { EvaluationQuestion, RightAnswer } from "../questions/evaluation-question.js";
import { checkComparison } from "./check-comparison.js";
import { comparisonRows, comparisonSentences, rankText } from "./comparison-rows.js";
import { meansChart } from "./means-chart.js";
import { isLoss, type Move, movesChart, movesOf, placeOf } from "./moves-chart.js";
import { REPORT_STYLE } from "./report-style.js";

/** Settings of {@link comparisonAsHtml}. */
export interface HtmlReportOptions {
  /** @default "Know your ranking" */
  readonly title?: string;
}

/** Maximum number of losses that are shown with their passages, for each pipeline. */
const MAX_LOSSES = 25;

/**
 * A comparison as one HTML page: figures, pictures, what moved, where a pipeline lost and what it found instead. The page has no script and loads
 * nothing; its Content-Security-Policy allows only its own style sheet. Questions and passages are escaped.
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 */
export function comparisonAsHtml(comparison: RankingComparison, options: HtmlReportOptions = {}): string {
  checkComparison(comparison);
  checkKnownOptions(options, ["title"], "comparisonAsHtml");
  const title = checkText(options.title ?? "Know your ranking", "title");
  const { questions, pipelines, measures, baseline, depth } = comparison;
  const before = pipelines.find(({ name }) => name === baseline)!;
  const others = pipelines.filter((pipeline) => pipeline !== before);
  const hash = createHash("sha256").update(REPORT_STYLE).digest("base64");
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(REPORT_STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${pipelines.length} pipelines, ${questions.length} questions, the best ${depth} documents of each result. Compared with ${quoted(baseline)}.</p>
<section aria-labelledby="verdict">
<h2 id="verdict">What it says</h2>
<ul>${comparisonSentences(comparison).map((sentence) => markup`<li><bdi>${sentence}</bdi></li>`)}</ul>
</section>
<section aria-labelledby="means">
<h2 id="means">Means</h2>
${table("Mean of each measure, and the time that a question takes", comparisonRows(comparison))}
<h3>${measures[0]}</h3>
${meansChart(comparison, measures[0]!)}
</section>
${others.map((after) => movesSection(comparison, before, after))}
<section aria-labelledby="ranks">
<h2 id="ranks">Ranks</h2>
${rankTable(comparison, before)}
</section>
</main>
</body>
</html>
`;
  return page.text;
}

/** A name in quotation marks, isolated so that its text direction does not change the text around it. */
function quoted(name: string): Markup {
  return markup`“<bdi>${name}</bdi>”`;
}

function table(caption: string, [header, ...rows]: readonly string[][]): Markup {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${header!.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name, ...cells]) =>
      markup`<tr><th scope="row"><bdi>${name}</bdi></th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`,
  )}</tbody>
</table></div>`;
}

function movesSection(comparison: RankingComparison, before: PipelineResult, after: PipelineResult): Markup {
  const moves = movesOf(before, after);
  const losses = moves.filter(isLoss);
  const id = `moves-${comparison.pipelines.indexOf(after)}`;
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">What moved: ${quoted(after.name)}</h2>
<p>The right passage is higher up for ${moves.length - losses.length} questions and further down for ${losses.length}; for ${before.results.length - moves.length} it is where it was. Empty circles are ${quoted(before.name)}, filled ones ${quoted(after.name)}.</p>
${movesChart(comparison, moves, after.name)}
<h3>Where it lost</h3>
${losses.length === 0 ? markup`<p>Nowhere.</p>` : losses.slice(0, MAX_LOSSES).map((move) => loss(comparison, move, before, after))}
${losses.length > MAX_LOSSES ? markup`<p>And ${losses.length - MAX_LOSSES} more: see the ranks below.</p>` : undefined}
</section>`;
}

function loss(
  comparison: RankingComparison,
  move: Move,
  before: PipelineResult,
  after: PipelineResult,
): Markup {
  const question = comparison.questions[move.question]!;
  return markup`<details>
<summary>${questionText(question)}: ${placeOf(move.before)}, then ${placeOf(move.after)}</summary>
<h4>The right passage</h4>
${question.answers.map(answer)}
${[before, after].map(({ name, results }) => foundBy(name, results[move.question]!))}
</details>`;
}

function questionText({ question, origin }: EvaluationQuestion): Markup {
  return markup`<bdi>${question}</bdi>${origin === "heading" ? markup` <span class="made">from a heading</span>` : undefined}`;
}

function answer({ passage, source }: RightAnswer): MarkupValue {
  return [
    source === undefined ? undefined : markup`<p>In <bdi>${source}</bdi></p>`,
    passage === undefined
      ? undefined
      : markup`<blockquote dir="auto">${passage.slice(0, 1_000)}</blockquote>`,
  ];
}

function foundBy(name: string, { found }: QuestionResult): Markup {
  return markup`<h4>First with ${quoted(name)}</h4>
${found.length === 0 ? markup`<p>Nothing.</p>` : markup`<ol>${found.map(foundDocument)}</ol>`}`;
}

function foundDocument({ excerpt, source, right }: FoundDocument): Markup {
  return markup`<li>${right ? markup`<strong>Right.</strong> ` : undefined}${source === undefined ? undefined : markup`<bdi>${source}</bdi>`}<blockquote dir="auto">${excerpt}</blockquote></li>`;
}

function rankTable({ questions, pipelines, depth }: RankingComparison, before: PipelineResult): Markup {
  const caption = `Rank of the right passage among the best ${depth}; – means not found, ▲ higher up and ▼ further down than with the baseline`;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Ranks"><table>
<caption>${caption}</caption>
<thead><tr><th scope="col">question</th>${pipelines.map(({ name }) => markup`<th scope="col"><bdi>${name}</bdi></th>`)}</tr></thead>
<tbody>${questions.map(
    (question, i) =>
      markup`<tr><th scope="row">${questionText(question)}</th>${pipelines.map(({ results }) => rankCell(before.results[i]!.rank, results[i]!.rank, i))}</tr>`,
  )}</tbody>
</table></div>`;
}

function rankCell(before: number | null, after: number | null, question: number): Markup {
  if (before === after) return markup`<td>${rankText(after)}</td>`;
  return isLoss({ question, before, after })
    ? markup`<td class="loss">▼ ${rankText(after)}</td>`
    : markup`<td class="win">▲ ${rankText(after)}</td>`;
}
