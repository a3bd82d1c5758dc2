import { readFileSync } from "node:fs";

const MIB = 1024;

/** Memory of this process in MiB (Linux): its peak, and its private memory now (without pages of files, which the system can drop). */
export function memoryFigures() {
  const status = readFileSync("/proc/self/status", "utf8");
  const figure = (key) => Math.round(Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)[1]) / MIB);
  return { peakMib: figure("VmHWM"), privateMib: figure("RssAnon"), residentMib: figure("VmRSS") };
}
