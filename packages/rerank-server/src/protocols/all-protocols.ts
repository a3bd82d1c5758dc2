import { cohere } from "./cohere.js";
import { infinity } from "./infinity.js";
import { jina } from "./jina.js";
import { mixedbread } from "./mixedbread.js";
import { openai } from "./openai.js";
import type { Protocol } from "./protocol.js";
import { sagemaker } from "./sagemaker.js";
import { textEmbeddingsInference } from "./text-embeddings-inference.js";
import { vllm } from "./vllm.js";
import { voyage } from "./voyage.js";

/** All protocols. Their order decides which protocol reads a body on a shared path. */
export const allProtocols: readonly Protocol[] = [
  textEmbeddingsInference,
  mixedbread,
  voyage,
  cohere,
  jina,
  vllm,
  infinity,
  openai,
  sagemaker,
];
