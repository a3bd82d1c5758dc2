import { readFileSync } from "node:fs";

/** Kernel ticks a second, on every Linux of note. */
const TICKS = 100;

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
