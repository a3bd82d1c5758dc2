import type { BaseCrossEncoder } from "@secondpass/cross-encoders";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import type { DemoOptions } from "./demo-options.js";
import type { ProgressBars } from "./progress-bars.js";

/** A cross-encoder on this machine, or on the SageMaker endpoint of the options. */
export async function openCrossEncoder(
  { sagemaker, reranker }: DemoOptions,
  bars: ProgressBars,
): Promise<BaseCrossEncoder & AsyncDisposable> {
  if (sagemaker !== undefined) {
    // Import it only here, because local scoring needs no AWS SDK.
    const { SagemakerEndpointCrossEncoder } = await import("@secondpass/cross-encoders/sagemaker");
    const remote = new SagemakerEndpointCrossEncoder({ endpointName: sagemaker });
    return Object.assign(remote, { [Symbol.asyncDispose]: async () => {} });
  }
  return new HuggingFaceCrossEncoder({
    model: reranker,
    onProgress: bars.model,
    onScored: (done, total) => bars.show("reranking", done, total),
  });
}
