import type { LogStream, RerankServer, ServedModel } from "@secondpass/rerank-server";
import { serve } from "../src/serve.js";
import { readSettings, type ServerSettings } from "../src/server/server-settings.js";

/** Starts a server on a free port that logs nothing. `env` replaces the real environment. */
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
