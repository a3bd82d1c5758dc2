import { albert } from "./albert.js";
import type { Architecture } from "./architecture.js";
import { bert } from "./bert.js";
import { deberta } from "./deberta.js";
import { debertaV2 } from "./deberta-v2.js";
import { distilbert } from "./distilbert.js";
import { electra } from "./electra.js";
import { ernie } from "./ernie.js";
import { modernbert } from "./modernbert.js";
import { mpnet } from "./mpnet.js";
import { roberta } from "./roberta.js";

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
];
