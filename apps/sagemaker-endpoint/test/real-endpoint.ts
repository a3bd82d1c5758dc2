import { SageMakerRuntimeClient, type SageMakerRuntimeClientConfig } from "@aws-sdk/client-sagemaker-runtime";
import {
  SagemakerEndpointCrossEncoder,
  type SagemakerEndpointCrossEncoderOptions,
} from "@secondpass/cross-encoders/sagemaker";
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { RERANKER_PATH } from "@secondpass/mini-models";
import type { RerankServer } from "@secondpass/rerank-server";
import {
  type RuntimeFront,
  type RuntimeFrontOptions,
  STAND_IN_CREDENTIALS,
  STAND_IN_REGION,
  startRuntimeFront,
} from "@secondpass/test-kit/sagemaker";
import { startContainer } from "./start-container.js";

/** Our server with a real model, behind a replacement for SageMaker's runtime. */
export interface RealEndpoint {
  readonly container: RerankServer;
  readonly front: RuntimeFront;
  /** A cross-encoder on the endpoint, over the real AWS client. */
  crossEncoder(
    options?: Partial<SagemakerEndpointCrossEncoderOptions>,
    client?: SageMakerRuntimeClientConfig,
  ): SagemakerEndpointCrossEncoder;
  close(): Promise<void>;
}

/** Options of {@link startRealEndpoint}. */
export interface RealEndpointOptions {
  /** The model that our server loads. @default the mini reranker */
  readonly model?: string;
  /** A running server, instead of one with that model. */
  readonly container?: RerankServer;
  readonly front?: Partial<RuntimeFrontOptions>;
  /** Our server's environment. */
  readonly env?: Record<string, string>;
}

export async function startRealEndpoint(options: RealEndpointOptions = {}): Promise<RealEndpoint> {
  const { model = RERANKER_PATH, env, front } = options;
  const load = () => loadCrossEncoder({ model, threads: 1 });
  const container = options.container ?? (await startContainer(load, env));
  if (options.container === undefined) await container.ready;
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
