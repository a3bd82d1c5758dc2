import { readFileSync } from "node:fs";

/** Kernel ticks a second on all common Linux systems. */
const TICKS = 100;

/** Starts to watch. The returned function gives the average number of CPUs that other processes used meanwhile. */
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
