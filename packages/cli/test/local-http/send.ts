import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the server may send any JSON.
  readonly json: any;
}

/** Sends a request with any headers, even `Host`, which fetch does not allow. */
export function send(url: string, path: string, sent: Sent = {}): Promise<Received> {
  const { method = "GET", headers = {}, body, signal } = sent;
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, path, method, headers, signal, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on("error", reject)
          .on("data", (chunk: Buffer) => chunks.push(chunk))
          .on("end", () => {
            const text = Buffer.concat(chunks).toString();
            const isJson = response.headers["content-type"]?.startsWith("application/json");
            resolve({
              status: response.statusCode as number,
              headers: response.headers,
              text,
              json: isJson ? JSON.parse(text) : undefined,
            });
          });
      },
    );
    request.on("error", reject).end(body);
  });
}
