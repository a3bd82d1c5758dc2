/**
 * An endpoint without AWS: our server behind the stand-in of SageMaker's runtime, until it is interrupted.
 *
 *   npx tsx bench/endpoint/stand-in.ts --model FOLDER|HUB_ID [--env KEY=VALUE …]
 *
 * Prints one line of JSON with what a client needs: url, endpointName, region, accessKeyId, secretAccessKey.
 */
import { parseArgs } from "node:util";
import { startEndpoint } from "./start-endpoint.js";

const { values } = parseArgs({
  options: { model: { type: "string" }, env: { type: "string", multiple: true, default: [] } },
});
if (!values.model) {
  console.error("Expected --model FOLDER|HUB_ID.");
  process.exit(2);
}
const endpoint = await startEndpoint(
  values.model,
  Object.fromEntries(values.env.map((word) => word.split(/=(.*)/s).slice(0, 2))),
);
console.log(JSON.stringify(endpoint.client));
const stop = () => void endpoint.close().then(() => process.exit(0));
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
