import { fileURLToPath } from "node:url";
import {
  STAND_IN_CREDENTIALS,
  STAND_IN_REGION,
  startContainerProcess,
  startRuntimeFront,
} from "@secondpass/test-kit/sagemaker";

/** The program that the image's ENTRYPOINT runs. */
const SERVER = fileURLToPath(new URL("../../apps/sagemaker-endpoint/dist/cli.js", import.meta.url));

/**
 * Starts our server in a separate process, behind a replacement for SageMaker's runtime.
 *
 * @param {string} model folder or hub id
 * @param {Record<string, string>} env the server's environment: MAX_BATCH_PAIRS, THREADS, …
 */
export async function startEndpoint(model, env = {}) {
  const container = await startContainerProcess({
    command: [process.execPath, SERVER, "serve", "--model", model],
    env: { LOG_LEVEL: "warn", ...env },
  });
  const front = await startRuntimeFront({ endpoints: { reranker: container.url } });
  const metrics = async () => (await fetch(`${container.url}/metrics`)).text();
  return {
    front,
    containerUrl: container.url,
    /** What a client needs, in any language. */
    client: { url: front.url, endpointName: "reranker", region: STAND_IN_REGION, ...STAND_IN_CREDENTIALS },
    /** Reads the server's `/metrics`. */
    async metric(name) {
      return Number(new RegExp(`^${name} (\\S+)`, "m").exec(await metrics())?.[1]);
    },
    async close() {
      await front.close();
      await container.stop();
    },
  };
}
