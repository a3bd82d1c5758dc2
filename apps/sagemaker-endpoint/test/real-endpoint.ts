import { join } from "node:path";
import { SageMakerRuntimeClient, type SageMakerRuntimeClientConfig } from "@aws-sdk/client-sagemaker-runtime";
import {
  SagemakerEndpointCrossEncoder,
  type SagemakerEndpointCrossEncoderOptions,
} from "@secondpass/cross-encoders/sagemaker";
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import {
  type RuntimeFront,
  type RuntimeFrontOptions,
  STAND_IN_CREDENTIALS,
  STAND_IN_REGION,
  startRuntimeFront,
} from "@secondpass/test-kit/sagemaker";
import type { RunningServer } from "../src/serve.js";
import { startContainer } from "./start-container.js";

/** A real BERT cross-encoder of one label, with random weights: small enough for a repository, and as exact as any. */
export const SMALL_MODEL = join(
  __dirname,
  "../../../packages/hf-runtime/test/fixtures/models/bert-cross-encoder",
);

/** Our server with a real model, behind the stand-in of SageMaker's runtime. */
export interface RealEndpoint {
  readonly container: RunningServer;
  readonly front: RuntimeFront;
  /** A cross-encoder on the endpoint, over the real AWS client. */
  crossEncoder(
    options?: Partial<SagemakerEndpointCrossEncoderOptions>,
    client?: SageMakerRuntimeClientConfig,
  ): SagemakerEndpointCrossEncoder;
  close(): Promise<void>;
}

export async function startRealEndpoint(
  front: Partial<RuntimeFrontOptions> = {},
  env: Record<string, string> = {},
): Promise<RealEndpoint> {
  const container = await startContainer(() => loadCrossEncoder({ model: SMALL_MODEL, threads: 1 }), env);
  await container.ready;
  const runtimeFront = await startRuntimeFront({ endpoints: { reranker: container.url }, ...front });
  const clients: SageMakerRuntimeClient[] = [];
  return {
    container,
    front: runtimeFront,
    crossEncoder(options = {}, clientOptions = {}) {
      const client = new SageMakerRuntimeClient({
        region: STAND_IN_REGION,
        endpoint: runtimeFront.url,
        credentials: STAND_IN_CREDENTIALS,
        ...clientOptions,
      });
      clients.push(client);
      return new SagemakerEndpointCrossEncoder({ endpointName: "reranker", client, ...options });
    },
    async close() {
      for (const client of clients) client.destroy();
      await runtimeFront.close();
      await container.close();
    },
  };
}
