import { albert } from "./albert.js";
import type { Architecture } from "./architecture.js";
import { bert } from "./bert.js";
import { deberta } from "./deberta.js";
import { debertaV2 } from "./deberta-v2.js";
import { distilbert } from "./distilbert.js";
import { electra } from "./electra.js";
import { ernie } from "./ernie.js";
import { eurobert } from "./eurobert.js";
import { gemma } from "./gemma.js";
import { gemma2 } from "./gemma2.js";
import { gemma3Text } from "./gemma3-text.js";
import { gte } from "./gte.js";
import { hhem } from "./hhem.js";
import { jinaEmbeddingsV3 } from "./jina-embeddings-v3.js";
import { llama } from "./llama.js";
import { llamaBidirec } from "./llama-bidirec.js";
import { ministral3 } from "./ministral3.js";
import { mistral } from "./mistral.js";
import { modernbert } from "./modernbert.js";
import { modernbertDecoder } from "./modernbert-decoder.js";
import { mpnet } from "./mpnet.js";
import { nomicBert } from "./nomic-bert.js";
import { provence, xprovence } from "./provence.js";
import { qwen2 } from "./qwen2.js";
import { qwen2Vl } from "./qwen2-vl.js";
import { qwen3 } from "./qwen3.js";
import { qwen3Vl } from "./qwen3-vl.js";
import { roberta } from "./roberta.js";
import { t5 } from "./t5.js";

/** The architectures that a graph can be built for. */
export const architectures: readonly Architecture[] = [
  bert,
  distilbert,
  roberta,
  mpnet,
  electra,
  ernie,
  albert,
  deberta,
  debertaV2,
  modernbert,
  nomicBert,
  gte,
  jinaEmbeddingsV3,
  eurobert,
  t5,
  hhem,
  provence,
  xprovence,
  llama,
  llamaBidirec,
  mistral,
  ministral3,
  qwen2,
  qwen2Vl,
  qwen3,
  qwen3Vl,
  gemma,
  gemma2,
  gemma3Text,
  modernbertDecoder,
];
