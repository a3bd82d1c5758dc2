import { isIP } from "node:net";
import { InvalidOptionError } from "@secondpass/core";
import { type LoadOptions, loadCrossEncoder, loadEncoder } from "@secondpass/hf-runtime";
import {
  createRerankServer,
  type LogStream,
  type ModelEntry,
  type RerankServer,
  standardOutput,
} from "@secondpass/rerank-server";
import type { World } from "../contract/world.js";
import { downloadsOf } from "../corpus/model-progress.js";
import { UsageError } from "../errors/usage-error.js";
import { listenError } from "../local-http/listen-error.js";
import { DownloadProgress } from "../terminal/download-progress.js";
import { logText } from "../terminal/log-text.js";
import { flagOf } from "./flag-of.js";
import { loadError } from "./load-error.js";
import type { ModelSetting, ServeSettings } from "./serve-settings.js";

/** How long freeing the models may take after the grace period, in ms. */
const LAST_MS = 3000;
/** How long a second signal waits until the error answers are sent, in ms. */
const SECOND_SIGNAL_MS = 1000;
/** Exit codes of a process that a signal ended. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs the server until SIGTERM or SIGINT. Then it answers running requests within the grace period; a second signal ends the
 * process.
 *
 * @returns the exit code
 * @throws {CommandError} if it cannot listen, or a model cannot be loaded
 */
export async function runServer(settings: ServeSettings, world: World): Promise<number> {
  const { host, port, noticeMs, graceMs } = settings;
  // The command line may have a key, which others would see in the list of processes.
  process.title = "secondpass serve";
  if (!isLoopback(host) && settings.apiKeys === undefined) {
    world.stderr.write(
      `Warning: everyone who can reach ${host} may use this server. Require keys (SECONDPASS_API_KEYS or --api-keys-file), or leave out --host.\n`,
    );
  }
  const progress = new DownloadProgress(world.stderr);
  const server = await startServer(settings, world, progress).catch((error: unknown) => {
    if (InvalidOptionError.isInstance(error)) throw new UsageError(flagOf(error.message), { cause: error });
    throw listenError(error, host, port) ?? error;
  });
  const { stopped, isStopping } = stopAtSignals(server, { noticeMs, graceMs });
  const failed = server.ready.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const early = await Promise.race([failed, stopped.then((code) => ({ code }))]);
  progress.clear();
  if (early !== undefined && "code" in early) return early.code;
  // If a signal ended the loading, it has not failed.
  if (isStopping()) return stopped;
  if (early !== undefined) {
    await server.close({ graceMs: 0 });
    throw early.error;
  }
  const names = settings.models.map(({ name }) => name).join(", ");
  world.stdout.write(`Serving ${names} at ${server.url} (routes: ${server.url}/docs)\n`);
  return stopped;
}

async function startServer(
  settings: ServeSettings,
  world: World,
  progress: DownloadProgress,
): Promise<RerankServer> {
  const { models, strictModels, apiKeys, cors, autoTruncate, limits, logLevel, host, port } = settings;
  return createRerankServer(
    {
      models: models.map((model) => modelEntry(model, settings, progress)),
      strictModels,
      apiKeys,
      cors,
      autoTruncate,
      limits,
      logLevel,
      logStream: logStream(settings, world, progress),
      processMetrics: true,
    },
    { host, port },
  );
}

function modelEntry(setting: ModelSetting, { load }: ServeSettings, progress: DownloadProgress): ModelEntry {
  const { kind, name, aliases, model } = setting;
  const options = (signal: AbortSignal): LoadOptions => ({
    ...load,
    model,
    signal,
    onProgress: downloadsOf(name, progress.show),
  });
  const named = { name, aliases };
  const fail = (error: unknown) => {
    throw loadError(error, setting);
  };
  return kind === "reranker"
    ? { ...named, reranker: (signal) => loadCrossEncoder(options(signal)).catch(fail) }
    : { ...named, embedder: (signal) => loadEncoder(options(signal)).catch(fail) };
}

/** Makes the log's stream: standard error, so that standard output has only the address. */
function logStream({ logFormat }: ServeSettings, { stderr }: World, progress: DownloadProgress): LogStream {
  const stream = standardOutput(process.stderr);
  const asText = (logFormat ?? (stderr.isTTY ? "text" : "json")) === "text";
  return {
    write(line) {
      progress.clear();
      stream.write(asText ? logText(line) : line);
    },
  };
}

/** `stopped` is the exit code, once a signal has come and the server is closed. A second signal ends the process. */
function stopAtSignals(
  server: RerankServer,
  { noticeMs, graceMs }: { readonly noticeMs: number; readonly graceMs: number },
): { readonly stopped: Promise<number>; readonly isStopping: () => boolean } {
  let signals = 0;
  const stopped = new Promise<number>((resolve) => {
    const stop = (signal: keyof typeof SIGNAL_CODES) => {
      signals += 1;
      if (signals === 1) {
        // A model that cannot be freed must not keep the process.
        setTimeout(() => process.exit(1), noticeMs + graceMs + LAST_MS).unref();
        void server.close({ noticeMs, graceMs }).then(() => resolve(0));
        return;
      }
      const end = () => process.exit(SIGNAL_CODES[signal]);
      setTimeout(end, SECOND_SIGNAL_MS).unref();
      void server.close({ graceMs: 0 }).then(end);
    };
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
  });
  return { stopped, isStopping: () => signals > 0 };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || (isIP(host) === 4 && host.startsWith("127.")) || host === "::1";
}
