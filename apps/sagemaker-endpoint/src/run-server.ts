import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { serve } from "./serve.js";
import { readSettings } from "./server/server-settings.js";

/** Options of `serve`. */
export interface ServeFlags {
  readonly model?: string;
  readonly host?: string;
  readonly port?: string;
}

/** Time for freeing the model after the grace, in ms. SageMaker kills the process 30 s after SIGTERM. */
const DISPOSE_MS = 3_000;

/**
 * Runs the server in this process until SIGTERM or SIGINT, then drains it: requests that are not answered within the grace get
 * 503. A second signal ends the grace. Exits with 1 if the model cannot be loaded, so that SageMaker sees the container fail.
 */
export async function runServer(flags: ServeFlags): Promise<void> {
  const settings = readSettings(process.env, flags);
  const server = await serve(settings, loadCrossEncoder, { processMetrics: true });
  let signals = 0;
  const stop = (code: number) => {
    signals += 1;
    const graceMs = signals > 1 ? 0 : settings.shutdownGraceMs;
    // A model that cannot be freed must not keep the process alive.
    setTimeout(() => process.exit(1), graceMs + DISPOSE_MS).unref();
    void server.close({ graceMs }).then(() => process.exit(code));
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop(0));
  try {
    await server.ready;
  } catch (error) {
    if (signals > 0) return;
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    stop(1);
  }
}
