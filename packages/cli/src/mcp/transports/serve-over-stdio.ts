import { Readable, Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { format } from "node:util";
import type { McpServer } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import type { World } from "../../contract/world.js";

/** Maximum number of bytes of one message. */
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

/** Serves the client on standard input and output until it closes them, or the signal aborts. */
export async function serveOverStdio(
  createServer: () => McpServer,
  { stdin, stdout, stderr }: World,
  signal: AbortSignal,
): Promise<void> {
  const input = stdin instanceof Readable ? stdin : Readable.from(stdin ?? []);
  const output =
    stdout instanceof Writable
      ? stdout
      : new Writable({
          write(chunk: Buffer, _encoding, done) {
            stdout.write(chunk);
            done();
          },
        });
  const transport = new StdioServerTransport(input, output, { maxBufferSize: MAX_MESSAGE_BYTES });
  const ended = finished(input, { writable: false, signal }).catch(() => undefined);
  const failed = new Promise<void>((resolve) => output.once("error", () => resolve()));
  const server = serveStdio(createServer, {
    transport,
    onerror: ({ message }) => stderr.write(`${message}\n`),
  });
  const restore = divertConsole((text) => stderr.write(text));
  try {
    await Promise.race([ended, failed]);
  } finally {
    restore();
    await server.close();
  }
}

/** Sends console output to `write`: anything else on standard output would break the protocol. @returns a function that undoes it */
function divertConsole(write: (text: string) => void): () => void {
  const { log, info, debug } = console;
  const writeLine = (...parts: unknown[]) => write(`${format(...parts)}\n`);
  Object.assign(console, { log: writeLine, info: writeLine, debug: writeLine });
  return () => void Object.assign(console, { log, info, debug });
}
