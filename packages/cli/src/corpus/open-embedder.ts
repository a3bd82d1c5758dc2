import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import type { CorpusSettings } from "./corpus-settings.js";
import { modelPath } from "./model-path.js";
import { downloadsOf, type ModelProgress } from "./model-progress.js";

/** Opens the embedding model of an index. It loads on first use. */
export function openEmbedder(
  { embedder, revision }: Pick<CorpusSettings, "embedder" | "revision">,
  onDownload?: ModelProgress,
): HuggingFaceEmbeddings {
  return new HuggingFaceEmbeddings({
    model: modelPath(embedder),
    onProgress: downloadsOf(embedder, onDownload),
    ...(revision !== undefined && { revision }),
  });
}
