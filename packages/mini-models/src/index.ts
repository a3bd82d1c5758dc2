import { fileURLToPath } from "node:url";

/** Folder of the small embedding model, in Hugging Face repository layout. Give it to `HuggingFaceEmbeddings` as `model`. */
export const EMBEDDER_PATH: string = fileURLToPath(new URL("../models/embedder", import.meta.url));

/** Folder of the small cross-encoder, in Hugging Face repository layout. Give it to `HuggingFaceCrossEncoder` as `model`. */
export const RERANKER_PATH: string = fileURLToPath(new URL("../models/reranker", import.meta.url));
