import type { LogStream, RerankServer, ServedModel } from "@secondpass/rerank-server";
import { serve } from "../src/serve.js";
import { readSettings, type ServerSettings } from "../src/server/server-settings.js";

/** A running server on a free port that logs nothing; `env` is read as the real environment would be. */
export async function startContainer(
  model: ServedModel | (() => Promise<ServedModel>),
  env: Record<string, string> = {},
  logStream?: LogStream,
): Promise<RerankServer> {
  const settings: ServerSettings = readSettings(
    { PORT: "0", HF_MODEL_ID: "toy", LOG_LEVEL: logStream ? "debug" : "silent", ...env },
    {},
    "/nowhere",
  );
  const load = typeof model === "function" ? model : async () => model;
  const server = await serve(settings, load, { logStream });
  if (typeof model !== "function") await server.ready;
  return server;
}

/** An answer's status and JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Posts JSON (or a body as it is) and reads the JSON that comes back. */
export async function post(
  server: { readonly url: string },
  body: unknown,
  options: {
    readonly path?: string;
    readonly headers?: Record<string, string>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}${options.path ?? "/invocations"}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...options.headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal: options.signal,
  });
  return { status: response.status, body: await response.json() };
}
