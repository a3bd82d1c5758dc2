import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Options for starting a container's program. */
export interface ContainerProcessOptions {
  /** Program and words: the image's ENTRYPOINT with SageMaker's `serve`. */
  readonly command: readonly [program: string, ...words: string[]];
  /** Added to this process's own environment. @default {} */
  readonly env?: Readonly<Record<string, string>>;
}

/** A container without Docker: its program in a separate process, under SageMaker's contract. */
export interface ContainerProcess extends AsyncDisposable {
  /** "http://127.0.0.1:PORT" */
  readonly url: string;
  /** Ends it as SageMaker does, by SIGTERM. Returns its exit code, null if a signal killed it. Safe to call twice. */
  stop(): Promise<number | null>;
}

/** Time between two requests to `/ping`, in ms. */
const PING_INTERVAL_MS = 25;

/**
 * Starts the program on a free port of 127.0.0.1 (`SAGEMAKER_BIND_TO_PORT`) and waits until `/ping` answers 200.
 *
 * @throws {Error} with what it wrote to standard error, if it ends before
 */
export async function startContainerProcess(options: ContainerProcessOptions): Promise<ContainerProcess> {
  const [program, ...words] = options.command;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, words, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, SAGEMAKER_BIND_TO_PORT: String(port), ...options.env },
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const stop = async () => {
    child.kill("SIGTERM");
    if (!hasEnded(child)) await once(child, "exit");
    return child.exitCode;
  };
  while (!(await answersPing(url))) {
    if (hasEnded(child)) throw new Error(`${options.command.join(" ")} ended too early: ${complaint}`);
    await sleep(PING_INTERVAL_MS);
  }
  return { url, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function answersPing(url: string): Promise<boolean> {
  return fetch(`${url}/ping`).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.ok;
    },
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
