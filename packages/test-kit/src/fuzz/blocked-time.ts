/** Interval of the probe in ms, which is its precision. */
const TICK_MS = 5;

/**
 * Runs a function and measures the longest time, in ms, for which it blocked the event loop. Counts only time in
 * which this process computed, because on a busy machine other processes use the processor, too.
 */
export async function blockedTime<Result>(
  run: () => Result,
): Promise<{ readonly result: PromiseSettledResult<Awaited<Result>>; readonly blockedMs: number }> {
  let blockedMs = 0;
  let last = performance.now();
  let lastCpu = process.cpuUsage();
  const measure = (waited: number) => {
    const now = performance.now();
    const cpu = process.cpuUsage();
    const computedMs = (cpu.user - lastCpu.user + cpu.system - lastCpu.system) / 1000;
    blockedMs = Math.max(blockedMs, Math.min(now - last - waited, computedMs));
    last = now;
    lastCpu = cpu;
  };
  // Do not wait: an input that never ends is abandoned.
  const timer = setInterval(measure, TICK_MS, TICK_MS).unref();
  try {
    const [result] = await Promise.allSettled([(async () => run())()]);
    measure(0);
    return { result: result as PromiseSettledResult<Awaited<Result>>, blockedMs };
  } finally {
    clearInterval(timer);
  }
}
