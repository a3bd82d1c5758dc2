import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";

/**
 * Starts a standalone Next.js server, gives its address to `use`, and ends it.
 * @param folder with its server.js
 * @returns what `use` returns, and the files of onnxruntime's library that the server has loaded (Linux)
 */
export async function withNextServer<T>(
  folder: string,
  use: (url: string) => Promise<T>,
): Promise<{ readonly value: T; readonly libraries: readonly string[] }> {
  const port = await freePort();
  const server = spawn(process.execPath, ["server.js"], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: String(port), HOSTNAME: "127.0.0.1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  try {
    let said = "";
    for await (const text of server.stdout.setEncoding("utf8")) {
      said += text;
      if (said.includes("Ready")) break;
    }
    const value = await use(`http://127.0.0.1:${port}`);
    const maps = readFileSync(`/proc/${server.pid}/maps`, "utf8");
    return { value, libraries: [...new Set(maps.match(/\/\S*libonnxruntime\S*/g))] };
  } finally {
    server.kill("SIGKILL");
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
