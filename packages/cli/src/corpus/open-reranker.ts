import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { modelPath } from "./model-path.js";
import { downloadsOf, type ModelProgress } from "./model-progress.js";

/** Opens a reranker by its name: `"mini-reranker"`, a hub id or a folder. It loads on first use. */
export function openReranker(
  model: string,
  { revision, onDownload }: { readonly revision?: string; readonly onDownload?: ModelProgress } = {},
): HuggingFaceCrossEncoder {
  return new HuggingFaceCrossEncoder({
    model: modelPath(model),
    onProgress: downloadsOf(model, onDownload),
    ...(revision !== undefined && { revision }),
  });
}
