/**
 * Starts an endpoint without AWS: our server behind a replacement for SageMaker's runtime, until it is interrupted. After a build:
 *
 *     node bench/endpoint/stand-in.mjs [--model FOLDER|HUB_ID] [--env KEY=VALUE …] [--shell]
 *
 * Prints what a client needs: one line of JSON, or with --shell the lines that a shell sets it with.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startEndpoint } from "./start-endpoint.mjs";

/** Imported by its path, because this program also runs without the benchmarks' dependencies. */
const MINI_RERANKER = fileURLToPath(new URL("../../packages/mini-models/models/reranker", import.meta.url));

const { values } = parseArgs({
  options: {
    model: { type: "string", default: MINI_RERANKER },
    env: { type: "string", multiple: true, default: [] },
    shell: { type: "boolean", default: false },
  },
});
const endpoint = await startEndpoint(
  values.model,
  Object.fromEntries(values.env.map((word) => word.split(/=(.*)/s).slice(0, 2))),
);
const { url, endpointName, region, accessKeyId, secretAccessKey } = endpoint.client;
if (values.shell) {
  console.log(`# The endpoint "${endpointName}" of this machine alone, until this program ends:
export AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=${url} AWS_REGION=${region}
export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`);
} else {
  console.log(JSON.stringify(endpoint.client));
}
const stop = () => void endpoint.close().then(() => process.exit(0));
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
