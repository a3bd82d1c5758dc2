import type { PipelineResult, RankingComparison } from "../comparison/ranking-comparison.js";
import { type Markup, markup } from "../markup/markup.js";
import { shortened } from "./shortened.js";

/** Sizes in pixels. */
const LABEL = 320;
const FIELD = 300;
const ROW = 22;

/** Maximum number of moves in the picture; all are in the table below it. */
const MAX_ROWS = 40;

/** A question whose right passage has another rank than with the baseline. */
export interface Move {
  /** Index of the question in the comparison. */
  readonly question: number;
  readonly before: number | null;
  readonly after: number | null;
}

/** The questions whose right passage moved, largest losses first. */
export function movesOf(before: PipelineResult, after: PipelineResult): Move[] {
  return before.results
    .map(({ rank }, question) => ({ question, before: rank, after: after.results[question]!.rank }))
    .filter((move) => move.before !== move.after)
    .sort((a, b) => gain(a) - gain(b) || a.question - b.question);
}

/** Difference of the reciprocal ranks: below 0 for a loss. */
function gain({ before, after }: Move): number {
  return reciprocal(after) - reciprocal(before);
}

const reciprocal = (rank: number | null) => (rank === null ? 0 : 1 / rank);

/** Whether the right passage is further down, or no longer found. */
export function isLoss(move: Move): boolean {
  return gain(move) < 0;
}

/**
 * An SVG picture of the right passages' ranks with the baseline and with another pipeline: one line for each question, rank 1 at the left on a
 * logarithmic scale, "not found" at the right. Undefined if nothing moved.
 */
export function movesChart(
  comparison: RankingComparison,
  moves: readonly Move[],
  name: string,
): Markup | undefined {
  const { questions, depth, baseline } = comparison;
  const shown = moves.slice(0, MAX_ROWS);
  if (shown.length === 0) return undefined;
  const x = (rank: number | null) =>
    (LABEL + 10 + (rank === null ? FIELD : (Math.log(rank) / Math.log(depth + 1)) * (FIELD - 40))).toFixed(1);
  const height = shown.length * ROW + 28;
  const rows = shown.map((move, i) => {
    const y = i * ROW + 14;
    const text = questions[move.question]!.question;
    const kind = isLoss(move) ? "loss" : "win";
    return markup`
<text x="${LABEL - 8}" y="${y + 4}" text-anchor="end">${shortened(text, 48)}<title>${text}</title></text>
<path class="${kind}" d="M${x(move.before)} ${y}H${x(move.after)}"/>
<circle class="before" cx="${x(move.before)}" cy="${y}" r="4"><title>${baseline}: ${placeOf(move.before)}</title></circle>
<circle class="${kind}" cx="${x(move.after)}" cy="${y}" r="5"><title>${name}: ${placeOf(move.after)}</title></circle>`;
  });
  const ranks = [1, 2, 3, 5, 10, 20, 50, 100].filter((rank) => rank <= depth);
  const ticks = [
    ...ranks.map(
      (rank) => markup`<text x="${x(rank)}" y="${height - 6}" text-anchor="middle">${rank}</text>`,
    ),
    markup`<text x="${x(null)}" y="${height - 6}" text-anchor="middle">not found</text>`,
  ];
  const losses = moves.filter(isLoss).length;
  return markup`<svg viewBox="0 0 ${LABEL + FIELD + 60} ${height}" role="img" aria-label="Rank of the right passage with ${baseline} and with ${name}: better for ${moves.length - losses} questions, worse for ${losses}. The table of ranks has the figures.">${rows}${ticks}</svg>`;
}

/** A rank in words. */
export function placeOf(rank: number | null): string {
  return rank === null ? "not found" : `rank ${rank}`;
}
