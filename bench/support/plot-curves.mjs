/**
 * Draws recall against speed, of the JSON line of `npm run bench -- hnsw` or `ivf`, as one SVG that fits light and dark pages.
 *
 *     node bench/support/plot-curves.mjs LINE.json OUT.svg
 *
 * One picture for each set of vectors, side by side: recall to the right, on a scale on which .9, .99 and .999 are equally far apart; queries a second upwards,
 * logarithmic. Up and to the right is better.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const SIZE = { width: 460, height: 340, left: 64, right: 16, top: 48, bottom: 48 };
/** Recalls marked on the axis, and its limits. */
const TICKS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999];
const [LEAST, MOST] = [0.5, 0.9995];
/** Colours that people with colour blindness can distinguish, on white and on black. */
const COLOURS = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#8a8a8a"];

/**
 * @param {{ curves: Record<string, [setting: number, recall: number, qps: number][]>, command: string, date: string, cpu: { name: string } }} line
 * @returns {string} an SVG
 */
export function plotCurves({ curves, command, date, cpu }) {
  const sets = new Map();
  for (const [key, points] of Object.entries(curves)) {
    const [set, name] = key.includes(": ") ? key.split(": ") : ["", key];
    sets.set(set, [
      ...(sets.get(set) ?? []),
      { name, points: points.filter(([, recall]) => recall >= LEAST) },
    ]);
  }
  const width = SIZE.width * sets.size;
  const pictures = [...sets].map(([set, engines], i) => picture(set, engines, i * SIZE.width));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${SIZE.height + 36}" font-family="system-ui, sans-serif" font-size="12" role="img">
<title>Recall against queries a second</title>
<style>
  text { fill: #222 } .grid { stroke: #8884; stroke-width: 1 } .line { fill: none; stroke-width: 2 }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } }
</style>
${pictures.join("\n")}
<text x="14" y="${SIZE.height + 12}" font-size="10">${escaped(shortened(command, 76 * sets.size))}</text>
<text x="14" y="${SIZE.height + 26}" font-size="10">${escaped(`${cpu.name}, ${date}`)}</text>
</svg>
`;
}

function picture(set, engines, shift) {
  const { width, height, left, right, top, bottom } = SIZE;
  const speeds = engines.flatMap(({ points }) => points.map(([, , qps]) => qps));
  const [low, high] = [
    Math.floor(Math.log10(Math.min(...speeds))),
    Math.ceil(Math.log10(Math.max(...speeds))),
  ];
  const nines = (recall) => -Math.log10(1 - Math.min(recall, MOST));
  const [first, last] = [nines(LEAST), nines(MOST)];
  const x = (recall) => left + ((nines(recall) - first) / (last - first)) * (width - left - right);
  const y = (qps) =>
    height - bottom - ((Math.log10(qps) - low) / Math.max(1, high - low)) * (height - top - bottom);
  const parts = [`<text x="${left}" y="16" font-weight="600">${escaped(set)}</text>`];
  for (const recall of TICKS) {
    const at = x(recall).toFixed(1);
    parts.push(`<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${height - bottom}"/>`);
    parts.push(
      `<text x="${at}" y="${height - bottom + 16}" text-anchor="middle">${String(recall).slice(1)}</text>`,
    );
  }
  for (let power = low; power <= high; power++) {
    const at = y(10 ** power).toFixed(1);
    parts.push(`<line class="grid" x1="${left}" x2="${width - right}" y1="${at}" y2="${at}"/>`);
    parts.push(
      `<text x="${left - 6}" y="${Number(at) + 4}" text-anchor="end">${(10 ** power).toLocaleString("en")}</text>`,
    );
  }
  parts.push(
    `<text x="${(left + width - right) / 2}" y="${height - bottom + 34}" text-anchor="middle">recall</text>`,
  );
  parts.push(`<text x="14" y="${top - 10}">queries a second</text>`);
  let labelAt = left + 110;
  for (const [i, { name, points }] of engines.entries()) {
    const colour = COLOURS[i % COLOURS.length];
    const places = points.map(([, recall, qps]) => `${x(recall).toFixed(1)},${y(qps).toFixed(1)}`);
    parts.push(`<polyline class="line" stroke="${colour}" points="${places.join(" ")}"/>`);
    for (const place of places) {
      const [cx, cy] = place.split(",");
      parts.push(`<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`);
    }
    parts.push(`<circle cx="${labelAt}" cy="${top - 14}" r="4" fill="${colour}"/>`);
    parts.push(`<text x="${labelAt + 8}" y="${top - 10}">${escaped(name)}</text>`);
    labelAt += 24 + name.length * 7;
  }
  return `<g transform="translate(${shift} 0)">\n${parts.join("\n")}\n</g>`;
}

function shortened(text, length) {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [from, to] = process.argv.slice(2);
  if (to === undefined) throw new Error("Expected two paths: that of the JSON line, and that of the SVG.");
  // A log may have tables before its last line.
  const line = readFileSync(from, "utf8").trim().split("\n").at(-1);
  writeFileSync(to, plotCurves(JSON.parse(line)));
}
