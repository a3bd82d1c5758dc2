import type { RankingComparison } from "../comparison/ranking-comparison.js";
import { type Markup, markup } from "../markup/markup.js";
import { shortened } from "./shortened.js";

/** Sizes in pixels. */
const LABEL = 200;
const BAR = 360;
const ROW = 26;

/** Bars of the means of one measure, with their intervals, as an SVG picture. */
export function meansChart({ pipelines }: RankingComparison, measure: string): Markup {
  const height = pipelines.length * ROW + 30;
  const rows = pipelines.map(({ name, means }, i) => {
    const { mean, low, high } = means[measure]!;
    const top = i * ROW + 6;
    const middle = top + 8;
    return markup`
<text x="${LABEL - 8}" y="${middle + 4}" text-anchor="end">${shortened(name)}</text>
<rect class="bar" x="${LABEL}" y="${top}" width="${pixels(mean)}" height="16"><title>${name}: ${mean.toFixed(3)}</title></rect>
<path class="whisker" d="M${x(low)} ${middle - 4}v8M${x(high)} ${middle - 4}v8M${x(low)} ${middle}H${x(high)}"/>
<text x="${LABEL + BAR + 10}" y="${middle + 4}">${mean.toFixed(3)}</text>`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => markup`<text x="${x(share)}" y="${height - 6}" text-anchor="middle">${share}</text>`,
  );
  const described = pipelines
    .map(({ name, means }) => {
      const { mean, low, high } = means[measure]!;
      return `${name} ${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
    })
    .join("; ");
  return markup`<svg viewBox="0 0 ${LABEL + BAR + 60} ${height}" role="img" aria-label="Mean ${measure} of each pipeline, with 95 % intervals: ${described}">${rows}${ticks}</svg>`;
}

const pixels = (share: number) => (Math.max(0, Math.min(1, share)) * BAR).toFixed(1);
const x = (share: number) => (LABEL + Number(pixels(share))).toFixed(1);
