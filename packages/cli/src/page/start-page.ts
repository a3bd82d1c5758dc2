import { fileURLToPath } from "node:url";
import { CommandError } from "../errors/command-error.js";
import { type LocalServer, startLocalServer } from "../local-http/start-local-server.js";
import { pageFiles } from "./page-files.js";
import { type PageParts, pageRoutes } from "./page-routes.js";

/** Folder of the page in the built program. */
const BUILT = fileURLToPath(new URL("./web", import.meta.url));
/** A fixed port, so that a link to a question works again the next day. */
const PORT = 4160;

export interface StartPageOptions {
  /** 0 for any free one. @default 4160, or if that is taken, any */
  readonly port?: number | undefined;
  /** Folder of the built page. @default that of the program */
  readonly folder?: string;
  /** Called with internal failures. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Starts the page's server.
 * @throws {CommandError} if the port cannot be listened on, or the page is not built
 */
export async function startPage(
  parts: PageParts,
  { port, folder = BUILT, onFailure }: StartPageOptions,
): Promise<LocalServer> {
  const routes = [...(await pageFiles(folder)), ...pageRoutes(parts)];
  const start = (chosen: number) =>
    startLocalServer({ port: chosen, routes, sessionPath: "/api/session", onFailure });
  if (port !== undefined) return start(port);
  return start(PORT).catch((error: unknown) => {
    if (CommandError.isInstance(error)) return start(0);
    throw error;
  });
}
