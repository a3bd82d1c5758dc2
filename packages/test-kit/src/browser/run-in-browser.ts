import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser } from "./browser.js";

/**
 * Runs a module in a browser.
 * @param script the module's text; it sets the promise `answer`, whose value is returned as JSON. Errors are returned as `{ error }`
 * @param files that the page may fetch, by path
 */
export async function runInBrowser(
  script: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Record<string, unknown>> {
  if (browser === undefined)
    throw new Error("No Chromium or Chrome on PATH: `npm run test:services` installs one.");
  const profile = await mkdtemp(join(tmpdir(), "faiss-browser-"));
  const page = `<!doctype html><meta charset="utf-8"><script type="module">
let answer;
try {
${script}
} catch (error) {
  answer = { error: String(error?.stack ?? error) };
}
await fetch("/answer", { method: "POST", body: JSON.stringify(answer) });
</script>`;
  let answered: (answer: Record<string, unknown>) => void = () => undefined;
  const answer = new Promise<Record<string, unknown>>((resolve) => {
    answered = resolve;
  });
  const server = createServer(
    (request, response) => void serve(request, response, { ...files, "/": page }, answered),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const child = spawn(
    browser,
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--user-data-dir=${profile}`,
      "--remote-debugging-port=0",
      `http://127.0.0.1:${port}/`,
    ],
    { stdio: "ignore" },
  );
  try {
    return await answer;
  } finally {
    if (child.exitCode === null) {
      child.kill();
      await once(child, "exit");
    }
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  files: Readonly<Record<string, string | Uint8Array>>,
  answered: (answer: Record<string, unknown>) => void,
): Promise<void> {
  const path = request.url ?? "/";
  if (path === "/answer") {
    let body = "";
    for await (const piece of request) body += piece;
    response.end();
    answered(JSON.parse(body));
  } else if (Object.hasOwn(files, path)) {
    const type =
      path === "/" ? "text/html" : /\.m?js$/.test(path) ? "text/javascript" : "application/octet-stream";
    response.setHeader("content-type", type).end(files[path]);
  } else {
    response.writeHead(404).end();
  }
}
