/** How often the probe looks, in ms: its precision. */
const TICK_MS = 5;

/**
 * Runs a function to its end and measures the longest time, in ms, for which it kept the event loop from turning. Counts only time in
 * which this process computed: on a busy machine others hold the processor too.
 */
export async function heldThread<Result>(
  run: () => Result,
): Promise<{ readonly result: PromiseSettledResult<Awaited<Result>>; readonly heldMs: number }> {
  let heldMs = 0;
  let last = performance.now();
  let lastCpu = process.cpuUsage();
  const look = (waited: number) => {
    const now = performance.now();
    const cpu = process.cpuUsage();
    const computedMs = (cpu.user - lastCpu.user + cpu.system - lastCpu.system) / 1000;
    heldMs = Math.max(heldMs, Math.min(now - last - waited, computedMs));
    last = now;
    lastCpu = cpu;
  };
  // Not waited for: an input that never ends is given up.
  const timer = setInterval(look, TICK_MS, TICK_MS).unref();
  try {
    const [result] = await Promise.allSettled([(async () => run())()]);
    look(0);
    return { result: result as PromiseSettledResult<Awaited<Result>>, heldMs };
  } finally {
    clearInterval(timer);
  }
}
