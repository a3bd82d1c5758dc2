/** An answer's status and JSON. */
export interface PostAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Posts JSON (or a raw body) to a server, by default to `/invocations`, and reads the JSON answer. */
export async function post(
  server: { readonly url: string },
  body: unknown,
  options: {
    readonly path?: string;
    readonly headers?: Record<string, string>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<PostAnswer> {
  const response = await fetch(`${server.url}${options.path ?? "/invocations"}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...options.headers },
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
    signal: options.signal,
  });
  return { status: response.status, body: await response.json() };
}
