/** Runs a function like AWS Lambda's Node runtime: imports the handler, then requests events from the runtime interface, one at a time. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
const runtime = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const [file, name] = _HANDLER.split(".");
const post = (path, value) => fetch(`${runtime}/${path}`, { method: "POST", body: JSON.stringify(value) });
const failure = ({ name, message, stack }) => ({
  errorType: name,
  errorMessage: message,
  stackTrace: stack.split("\n"),
});

let handler;
try {
  handler = (await import(pathToFileURL(join(LAMBDA_TASK_ROOT, `${file}.mjs`))))[name];
} catch (error) {
  await post("init/error", failure(error));
  process.exit(1);
}
for (;;) {
  const next = await fetch(`${runtime}/invocation/next`);
  const awsRequestId = next.headers.get("Lambda-Runtime-Aws-Request-Id");
  try {
    await post(`invocation/${awsRequestId}/response`, await handler(await next.json(), { awsRequestId }));
  } catch (error) {
    await post(`invocation/${awsRequestId}/error`, failure(error));
  }
}
