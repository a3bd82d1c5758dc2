import { SagemakerEndpointCrossEncoder } from "@secondpass/cross-encoders/sagemaker";

/** Our client over the real AWS SDK, through a replacement for SageMaker's runtime. */
export class FrontClient {
  constructor({ client: { url, endpointName, region, accessKeyId, secretAccessKey } }, connections) {
    this.options = {
      endpointName,
      region,
      clientOptions: {
        endpoint: url,
        credentials: { accessKeyId, secretAccessKey },
        requestHandler: { httpAgent: { maxSockets: connections } },
      },
      maxConcurrency: connections,
    };
  }

  /** [pairs] → [pairs] scores, `pairsPerRequest` in each request. */
  score(pairs, pairsPerRequest) {
    const crossEncoder = new SagemakerEndpointCrossEncoder({
      ...this.options,
      maxPairsPerRequest: pairsPerRequest,
    });
    return crossEncoder.score(pairs);
  }

  close() {}
}
