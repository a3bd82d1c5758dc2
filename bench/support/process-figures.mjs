import { readFileSync } from "node:fs";

const MIB = 1024;
/** Kernel ticks a second, on every Linux of note. */
const TICKS = 100;

/** Memory of this process in MiB (Linux): its peak, and what is its own now (not pages of files, which the system can drop). */
export function memoryFigures() {
  const status = readFileSync("/proc/self/status", "utf8");
  const figure = (key) => Math.round(Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)[1]) / MIB);
  return { peakMib: figure("VmHWM"), privateMib: figure("RssAnon"), residentMib: figure("VmRSS") };
}

/** Starts to watch; the function it returns gives the CPUs that other processes kept busy meanwhile, on average. */
export function watchOthers() {
  const [start, own, begun] = [busySeconds(), process.cpuUsage(), performance.now()];
  return () => {
    const { user, system } = process.cpuUsage(own);
    return Math.max(
      0,
      (busySeconds() - start - (user + system) / 1e6) / ((performance.now() - begun) / 1000),
    );
  };
}

function busySeconds() {
  const [user, nice, system, , , irq, softirq, steal] = readFileSync("/proc/stat", "utf8")
    .split("\n")[0]
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / TICKS;
}
