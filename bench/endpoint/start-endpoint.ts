import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type RuntimeFront, startRuntimeFront } from "../../packages/test-kit/src/sagemaker/runtime-front.js";

/** The program that the image's ENTRYPOINT runs. */
const SERVER = fileURLToPath(new URL("../../apps/sagemaker-endpoint/dist/cli.js", import.meta.url));

/** A server in a process of its own, behind the stand-in of SageMaker's runtime. */
export interface Endpoint {
  readonly containerUrl: string;
  readonly front: RuntimeFront;
  /** What a client needs, in any language. */
  readonly client: {
    readonly url: string;
    readonly endpointName: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  /** Resident memory of the server's process, in bytes (Linux). */
  memoryBytes(): Promise<number>;
  close(): Promise<void>;
}

export async function startEndpoint(model: string, env: Record<string, string> = {}): Promise<Endpoint> {
  const port = await freePort();
  const child = spawn(process.execPath, [SERVER, "serve", "--model", model, "--port", String(port)], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, LOG_LEVEL: "warn", ...env },
  });
  const containerUrl = `http://127.0.0.1:${port}`;
  await untilReady(containerUrl, child);
  const front = await startRuntimeFront({ endpoints: { reranker: containerUrl } });
  return {
    containerUrl,
    front,
    client: {
      url: front.url,
      endpointName: "reranker",
      region: "us-east-1",
      accessKeyId: "AKIDSTANDIN",
      secretAccessKey: "stand-in/secret+key",
    },
    async memoryBytes() {
      const text = await (await fetch(`${containerUrl}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
    },
    async close() {
      await front.close();
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new RangeError(`The server ended with ${child.exitCode}.`);
    const isReady = await fetch(`${url}/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(50);
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
