import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import type { CorpusSettings } from "./corpus-settings.js";
import { modelPath } from "./model-path.js";
import { downloadsOf, type ModelProgress } from "./model-progress.js";

/** The embedding model of an index. It loads when it is first needed. */
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
