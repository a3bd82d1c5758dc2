import { checkKnownOptions, checkNumber, checkObject, checkText, InvalidOptionError } from "@secondpass/core";
import { escapeMarkup } from "../markup/escape-markup.js";
import type { Reliability } from "./reliability.js";

/** Settings of {@link reliabilityDiagram}. */
export interface ReliabilityDiagramOptions {
  /** @default "Reliability" */
  readonly title?: string;
}

/** Side of the square with the bins, and the margin around it, in pixels. */
const SIDE = 300;
const MARGIN = 48;

/**
 * The reliability diagram as an SVG picture: stated probability from left to right, relevant share from bottom to top, one dot for each
 * bin, its area by the number of statements. On the diagonal the two agree. The picture has the text colour of the page around it, and
 * loads nothing.
 * @param judged the result of `reliability`
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 */
export function reliabilityDiagram(judged: Reliability, options: ReliabilityDiagramOptions = {}): string {
  checkObject("judged", judged, "a result of `reliability`");
  const { bins, calibrationError, brierScore } = judged;
  if (!Array.isArray(bins)) throw new InvalidOptionError("judged.bins", "a list of bins", bins);
  checkNumber("judged.calibrationError", calibrationError);
  checkNumber("judged.brierScore", brierScore);
  checkKnownOptions(options, ["title"], "reliabilityDiagram");
  const title = escapeMarkup(checkText(options.title ?? "Reliability", "title"));
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const filled = bins.filter(({ count }) => count > 0);
  const dots = filled.map(({ stated, relevant, count }) => {
    const label = `stated ${percent(stated)}, relevant ${percent(relevant)}, ${count} passages`;
    const radius = (3 + 9 * Math.sqrt(count / most)).toFixed(1);
    return `<circle cx="${x(stated)}" cy="${y(relevant)}" r="${radius}" fill="#2f7ed8" fill-opacity="0.8"><title>${label}</title></circle>`;
  });
  const line = filled.map(({ stated, relevant }) => `${x(stated)},${y(relevant)}`).join(" ");
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${x(share)}" y="${MARGIN + SIDE + 18}" text-anchor="middle">${percent(share)}</text>` +
      `<text x="${MARGIN - 6}" y="${Number(y(share)) + 4}" text-anchor="end">${percent(share)}</text>`,
  );
  const size = SIDE + 2 * MARGIN;
  const summary = `Expected calibration error ${calibrationError.toFixed(3)}, Brier score ${brierScore.toFixed(3)}.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" role="img" font-family="sans-serif" font-size="11" fill="currentColor">`,
    `<title>${title}</title><desc>${summary}</desc>`,
    `<text x="${size / 2}" y="22" text-anchor="middle" font-size="14">${title}</text>`,
    `<text x="${size / 2}" y="38" text-anchor="middle">${summary}</text>`,
    `<rect x="${MARGIN}" y="${MARGIN}" width="${SIDE}" height="${SIDE}" fill="none" stroke="currentColor"/>`,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="currentColor" stroke-dasharray="4 4"/>`,
    `<polyline points="${line}" fill="none" stroke="#2f7ed8" stroke-width="2"/>`,
    ...dots,
    ...ticks,
    `<text x="${size / 2}" y="${size - 12}" text-anchor="middle">stated probability</text>`,
    `<text x="14" y="${size / 2}" text-anchor="middle" transform="rotate(-90 14 ${size / 2})">share that is relevant</text>`,
    "</svg>",
  ].join("\n");
}

const x = (share: number) => (MARGIN + share * SIDE).toFixed(1);
const y = (share: number) => (MARGIN + (1 - share) * SIDE).toFixed(1);
const percent = (share: number) => `${Math.round(share * 100)} %`;
