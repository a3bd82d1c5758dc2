import { connect, type Socket } from "node:net";

/** Bytes received over a connection. */
export interface RawAnswer {
  /** Status of each answer, in order. */
  readonly statuses: readonly number[];
  readonly text: string;
  /** Whether the server ended the connection. */
  readonly ended: boolean;
}

/** The head of a request that scores. */
export const HEAD = "POST /rerank HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

/** Makes the bytes of a request that scores. */
export function rawRequest(body: unknown, headers = ""): string {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return `${HEAD}${headers}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** Opens a connection to a server. It ignores errors. */
export function open(server: { readonly url: string }): Socket {
  const { hostname, port } = new URL(server.url);
  return connect(Number(port), hostname).on("error", () => {});
}

/**
 * Sends raw bytes, and returns the received ones once `answers` answers with bodies have come, or the server ends the connection.
 */
export function sendRaw(
  server: { readonly url: string },
  bytes: string | Uint8Array,
  { answers = 1, halfClose = false }: { readonly answers?: number; readonly halfClose?: boolean } = {},
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = open(server);
    let text = "";
    const finish = (ended: boolean) => {
      socket.destroy();
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
      resolve({ statuses: statuses.filter((status) => status >= 200), text, ended });
    };
    socket.on("data", (chunk) => {
      text += chunk;
      if ((text.match(/\r\n\r\n[[{]/g) ?? []).length >= answers) setTimeout(finish, 20, socket.readableEnded);
    });
    socket.on("close", () => finish(true));
    socket.write(bytes);
    if (halfClose) socket.end();
  });
}
