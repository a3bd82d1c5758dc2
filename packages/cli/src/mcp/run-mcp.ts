import { onAbort } from "@secondpass/core";
import type { World } from "../contract/world.js";
import { readNote } from "../corpus/index-note.js";
import { CommandError } from "../errors/command-error.js";
import { UsageError } from "../errors/usage-error.js";
import { interruptible } from "../terminal/interruptible.js";
import { createMcpServer } from "./create-mcp-server.js";
import { Library } from "./library/library.js";
import { serveOverHttp } from "./transports/serve-over-http.js";
import { serveOverStdio } from "./transports/serve-over-stdio.js";

/** The values of the options of `mcp`. */
export interface McpValues {
  readonly index: string;
  readonly model: string;
  readonly http: boolean;
  readonly port: number;
  readonly token: string | undefined;
}

/** Tokens that fit into a header and are hard to guess. */
const TOKEN = /^[\x21-\x7e]{16,512}$/;

/** Serves agents until the client leaves, Ctrl-C or SIGTERM. @returns the exit code */
export async function runMcp(values: McpValues, world: World): Promise<number> {
  const { index: folder, model, http, port, token } = values;
  if (token !== undefined && !TOKEN.test(token)) {
    throw new UsageError("Expected --token to be 16 to 512 visible ASCII characters without spaces.");
  }
  const { stderr, stdout } = world;
  await warnIfUnusable(folder, world);
  await interruptible(world, async (signal) => {
    await using library = new Library({ folder, model, log: stderr });
    const createServer = () => createMcpServer(library);
    // Await here: the library is freed when this function returns.
    if (!http) return await serveOverStdio(createServer, world, signal);
    const server = await serveOverHttp(createServer, {
      port,
      log: stderr,
      ...(token !== undefined && { token }),
    });
    try {
      stdout.write(`Serving the index in ${folder} to agents at ${server.url}\n`);
      // The user knows a token that they chose; do not show it to others.
      if (token === undefined) stdout.write(`Clients send: Authorization: Bearer ${server.token}\n`);
      await new Promise<void>((resolve) => onAbort(signal, resolve));
    } finally {
      await server.close();
    }
  });
  return 0;
}

/** Warns if there is no usable index. The server runs without one, too: its errors tell agents what to do, and the index may be made meanwhile. */
async function warnIfUnusable(folder: string, { stderr }: World): Promise<void> {
  try {
    if ((await readNote(folder)) !== undefined) return;
    stderr.write(
      `Warning: there is no index in ${folder} yet. Make one with: secondpass index DIR --index ${folder}\n`,
    );
  } catch (error) {
    if (!CommandError.isInstance(error)) throw error;
    stderr.write(`Warning: ${error.message}\n`);
  }
}
