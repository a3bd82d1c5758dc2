import type { LoadOptions } from "@secondpass/hf-runtime";
import {
  createRerankServer,
  type LogStream,
  type RerankServer,
  type ServedModel,
} from "@secondpass/rerank-server";
import type { ServerSettings } from "./server/server-settings.js";

/** Loads the model; tests may replace it. */
export type LoadModel = (options: LoadOptions) => Promise<ServedModel>;

/** Runs a rerank server with an operator's settings. */
export function serve(
  settings: ServerSettings,
  loadModel: LoadModel,
  options: { readonly processMetrics?: boolean; readonly logStream?: LogStream } = {},
): Promise<RerankServer> {
  const { host, port, limits, autoTruncate, logLevel } = settings;
  return createRerankServer(
    {
      model: (signal) => loadModel({ ...settings.model, signal }),
      limits,
      autoTruncate,
      logLevel,
      ...options,
    },
    { host, port },
  );
}
