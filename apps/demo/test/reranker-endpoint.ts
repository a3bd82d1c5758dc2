import { join } from "node:path";
import { RERANKER_PATH } from "@secondpass/mini-models";
import {
  type RuntimeFront,
  STAND_IN_CREDENTIALS,
  startContainerProcess,
  startRuntimeFront,
} from "@secondpass/test-kit/sagemaker";

/** The program that the endpoint's image runs. */
const SERVER = join(__dirname, "../../sagemaker-endpoint/dist/cli.js");

/** Our container with the mini reranker, behind a replacement for SageMaker's runtime, as the endpoint "reranker". */
export interface RerankerEndpoint {
  readonly front: RuntimeFront;
  /** An operator's environment, except for the region; only the address is not AWS's. */
  readonly aws: Record<string, string>;
  close(): Promise<void>;
}

export async function startRerankerEndpoint(): Promise<RerankerEndpoint> {
  const container = await startContainerProcess({
    command: [process.execPath, SERVER, "serve", "--model", RERANKER_PATH],
  });
  const front = await startRuntimeFront({ endpoints: { reranker: container.url } });
  return {
    front,
    aws: {
      AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: front.url,
      AWS_ACCESS_KEY_ID: STAND_IN_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: STAND_IN_CREDENTIALS.secretAccessKey,
      // The SDK warns that it will not support Node 20 in the future.
      NODE_NO_WARNINGS: "1",
    },
    async close() {
      await front.close();
      await container.stop();
    },
  };
}
