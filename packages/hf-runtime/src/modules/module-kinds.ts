import { dense } from "./dense.js";
import { dropout } from "./dropout.js";
import { layerNorm } from "./layer-norm.js";
import { logitScore } from "./logit-score.js";
import type { ModuleKind } from "./module.js";
import { multiVectorMask } from "./multi-vector-mask.js";
import { normalize } from "./normalize.js";
import { pooling } from "./pooling.js";
import { sparseAutoEncoder } from "./sparse-auto-encoder.js";
import { sparseStaticEmbedding } from "./sparse-static-embedding.js";
import { spladePooling } from "./splade-pooling.js";
import { staticEmbedding } from "./static-embedding.js";
import { transformer } from "./transformer.js";

/** Every supported kind of module. */
export const MODULE_KINDS: readonly ModuleKind[] = [
  transformer,
  pooling,
  dense,
  layerNorm,
  normalize,
  dropout,
  logitScore,
  staticEmbedding,
  multiVectorMask,
  spladePooling,
  sparseStaticEmbedding,
  sparseAutoEncoder,
];
