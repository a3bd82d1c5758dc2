import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { TextPair } from "@secondpass/core";
import {
  type LoopbackServer,
  type RuntimeFront,
  type RuntimeFrontOptions,
  STAND_IN_CREDENTIALS,
  STAND_IN_REGION,
  startLoopbackServer,
  startRuntimeFront,
} from "@secondpass/test-kit/sagemaker";
import {
  SagemakerEndpointCrossEncoder,
  type SagemakerEndpointCrossEncoderOptions,
} from "../../src/sagemaker/index.js";

/** A score from which its pair can be recognised. */
export const scoreOf = ([query, text]: TextPair): number => query.length * 1000 + text.length + 0.5;

/** A fake SageMaker runtime with a container, and clients for it. */
export interface StandIn extends AsyncDisposable {
  readonly front: RuntimeFront;
  /** Largest number of parallel requests to the container so far. */
  readonly peak: () => number;
  /** A cross-encoder on the endpoint "reranker". */
  crossEncoder(options?: Partial<SagemakerEndpointCrossEncoderOptions>): SagemakerEndpointCrossEncoder;
}

/** Starts a container that scores `pairs` payloads by {@link scoreOf}, behind a fake SageMaker runtime. */
export async function startStandIn(
  options: Partial<RuntimeFrontOptions> & { readonly answer?: (body: string) => unknown } = {},
): Promise<StandIn> {
  let running = 0;
  let peak = 0;
  const answer =
    options.answer ??
    ((body: string) => ({ scores: (JSON.parse(body) as { pairs: TextPair[] }).pairs.map(scoreOf) }));
  const container: LoopbackServer = await startLoopbackServer(async (_request, body, response) => {
    running += 1;
    peak = Math.max(peak, running);
    await new Promise(setImmediate);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer(body.toString("utf8"))));
    running -= 1;
  });
  const front = await startRuntimeFront({ ...options, endpoints: { reranker: container.url } });
  const clients: SageMakerRuntimeClient[] = [];
  return {
    front,
    peak: () => peak,
    crossEncoder(overrides = {}) {
      const client = new SageMakerRuntimeClient({
        region: STAND_IN_REGION,
        endpoint: front.url,
        credentials: STAND_IN_CREDENTIALS,
        ...overrides.clientOptions,
      });
      clients.push(client);
      return new SagemakerEndpointCrossEncoder({
        endpointName: "reranker",
        client,
        ...overrides,
        clientOptions: undefined,
      });
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await front.close();
      await container.close();
    },
  };
}
