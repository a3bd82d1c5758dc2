import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { serve } from "./serve.js";
import { readSettings } from "./server/server-settings.js";

/** What `serve` takes on the command line. */
export interface ServeFlags {
  readonly model?: string;
  readonly host?: string;
  readonly port?: string;
}

/**
 * Runs the server as a process of its own until SIGTERM or SIGINT, then drains it: SageMaker sends SIGTERM and kills
 * after 30 s. Leaves with 1 if the model cannot be loaded, so that SageMaker sees the container fail.
 */
export async function runServer(flags: ServeFlags): Promise<void> {
  const settings = readSettings(process.env, flags);
  const server = await serve(settings, loadCrossEncoder, { processMetrics: true });
  const stop = (code: number) => {
    // Requests that outlast the grace would be killed with everything else; leaving says so with its exit code.
    setTimeout(() => process.exit(1), settings.shutdownGraceMs).unref();
    void server.close().then(() => process.exit(code));
  };
  process.once("SIGTERM", () => stop(0));
  process.once("SIGINT", () => stop(0));
  try {
    await server.ready;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    stop(1);
  }
}
