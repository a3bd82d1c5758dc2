import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";

/** A call of the function to the runtime interface. */
export interface LambdaRecord {
  /** "init/error", "response" or "error". */
  readonly outcome: string;
  readonly body: unknown;
}

/**
 * Runs a function on this machine through Lambda's runtime interface, with events that come one after the other, as in one warm environment.
 * @param taskFolder the unzipped function, which is its working folder; its home cannot be written to
 * @param bootstrap programs/lambda-bootstrap.mjs, somewhere else
 */
export async function runAsLambda(
  taskFolder: string,
  bootstrap: string,
  events: readonly unknown[],
): Promise<readonly LambdaRecord[]> {
  const records: LambdaRecord[] = [];
  const waiting = [...events];
  let allAnswered = () => {};
  const done = new Promise<void>((resolve) => {
    allAnswered = resolve;
  });
  const server = createServer(async (request, response) => {
    const path = request.url!.replace("/2018-06-01/runtime/", "");
    if (path === "invocation/next") {
      // After the last one the function waits until it is ended.
      if (waiting.length === 0) return allAnswered();
      const id = String(events.length - waiting.length);
      response.setHeader("Lambda-Runtime-Aws-Request-Id", id);
      response.end(JSON.stringify(waiting.shift()));
    } else {
      const body = await json(request);
      const outcome = path.replace(/^invocation\/\d+\//, "");
      records.push({ outcome, body });
      response.writeHead(202).end("{}");
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const runtime = spawn(process.execPath, [bootstrap], {
    cwd: taskFolder,
    env: {
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      _HANDLER: "handler.handler",
      LAMBDA_TASK_ROOT: taskFolder,
      HOME: join("/proc", "no-home"),
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = once(runtime, "exit");
  try {
    await Promise.race([done, ended]);
  } finally {
    runtime.kill("SIGKILL");
    await ended;
    server.closeAllConnections();
    server.close();
  }
  return records;
}
