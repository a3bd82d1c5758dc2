import { cohere } from "./cohere.js";
import { cohereV1 } from "./cohere-v1.js";
import { infinity } from "./infinity.js";
import { jina } from "./jina.js";
import { mixedbread } from "./mixedbread.js";
import { tei } from "./tei.js";
import { teiPredict } from "./tei-predict.js";
import { vllm } from "./vllm.js";
import { vllmScore } from "./vllm-score.js";
import { voyage } from "./voyage.js";

/** Functions that make the known protocols. Each states the scale of its scores. */
export const httpProtocols = {
  cohere,
  "cohere-v1": cohereV1,
  infinity,
  jina,
  mixedbread,
  tei,
  "tei-predict": teiPredict,
  vllm,
  "vllm-score": vllmScore,
  voyage,
} as const;

/** Name of a known protocol. */
export type HttpProtocolName = keyof typeof httpProtocols;
