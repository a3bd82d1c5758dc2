import type { AddressInfo } from "node:net";
import type { LoadOptions } from "@secondpass/hf-runtime";
import { createServer, type ServerOptions } from "./server/create-server.js";
import { RerankService, type ServedModel } from "./server/rerank-service.js";
import type { ServerSettings } from "./server/server-settings.js";

/** A server that runs. */
export interface RunningServer {
  /** "http://HOST:PORT", with the port that was really taken. */
  readonly url: string;
  /** Settles when the model is loaded; rejects if it cannot be. */
  readonly ready: Promise<void>;
  /** Takes no more requests, ends those under way, frees the model. Safe to call twice. */
  close(): Promise<void>;
}

/** Loads the model; what tests may inject. */
export type LoadModel = (options: LoadOptions) => Promise<ServedModel>;

/**
 * Listens first and loads then, so that SageMaker's `/ping` is told "not yet" (503) rather than nothing while a large
 * model loads.
 */
export async function serve(
  settings: ServerSettings,
  loadModel: LoadModel,
  options: ServerOptions & { readonly processMetrics?: boolean } = {},
): Promise<RunningServer> {
  const service = new RerankService(settings, options.processMetrics);
  const app = createServer(service, { logLevel: settings.logLevel, ...options });
  await app.listen({ host: settings.host, port: settings.port });
  const loading = new AbortController();
  const load = async () => {
    const started = performance.now();
    const model = await loadModel({ ...settings.model, signal: loading.signal });
    service.use(model);
    const milliseconds = Math.round(performance.now() - started);
    app.log.info(
      { model: model.model, labels: model.labels.length, maxLength: model.maxLength, milliseconds },
      "ready",
    );
  };
  const ready = load();
  let closing: Promise<void> | undefined;
  const close = async () => {
    loading.abort(new Error("The server is closing."));
    await app.close();
    await ready.catch(() => undefined);
    await service.dispose();
  };
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${settings.host}:${port}`,
    ready,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
