import { writeFileSync } from "node:fs";
import { machine } from "./machine.mjs";

const ms = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

/** A Markdown report of the results of `compete`: one table for loading, one for each job. */
function markdownOf({ title, notes, loads, results, base }) {
  const lines = [`## ${title}`, "", ...notes.map((note) => `- ${note}`), ""];
  lines.push(
    "| contender | load, ms | private after load, MiB | peak after load, MiB |",
    "|---|---:|---:|---:|",
  );
  for (const [name, load] of Object.entries(loads)) {
    lines.push(`| ${name} | ${ms(load.ms)} | ${load.privateMib} | ${load.peakMib} |`);
  }
  const jobs = Object.keys(Object.values(results)[0] ?? {});
  for (const job of jobs) {
    lines.push(
      "",
      `### ${job}`,
      "",
      `| contender / way | median, ms | middle half, ms | times as fast as ${base} | middle half | loop delay p99 / max, ms | private / peak, MiB | difference |`,
      "|---|---:|---:|---:|---:|---:|---:|---:|",
    );
    for (const [id, byJob] of Object.entries(results)) {
      const run = byJob[job];
      lines.push(
        `| ${id} | ${ms(run.ms)} | ${ms(run.msLow)}–${ms(run.msHigh)} | **${run.ratio.toFixed(2)}** | ` +
          `${run.ratioLow.toFixed(2)}–${run.ratioHigh.toFixed(2)} | ${ms(run.delayP99)} / ${ms(run.delayMax)} | ` +
          `${run.privateMib} / ${run.peakMib} | ${run.differenceFromBase.toExponential(1)} |`,
      );
    }
    const { quietRounds, rounds } = Object.values(results)[0][job];
    lines.push("", `${rounds} rounds, ${quietRounds} of them with the machine otherwise quiet.`);
  }
  return `${lines.join("\n")}\n`;
}

/** Prints the reports. With `out`, also writes them and their figures: `<out>.md` and `<out>.json`. */
export function publish(reports, out) {
  const text = reports.map(markdownOf).join("\n");
  process.stdout.write(text);
  if (!out) return;
  writeFileSync(`${out}.md`, text);
  writeFileSync(`${out}.json`, `${JSON.stringify({ machine: machine(), reports }, null, 1)}\n`);
}
