import { logitScore } from "../../src/modules/logit-score.js";
import type { ModuleKind } from "../../src/modules/module.js";
import { MODULE_KINDS } from "../../src/modules/module-kinds.js";
import { multiVectorMask } from "../../src/modules/multi-vector-mask.js";
import { sparseAutoEncoder } from "../../src/modules/sparse-auto-encoder.js";
import { sparseStaticEmbedding } from "../../src/modules/sparse-static-embedding.js";
import { spladePooling } from "../../src/modules/splade-pooling.js";
import { staticEmbedding } from "../../src/modules/static-embedding.js";
import { moduleSuite } from "../support/module-suite.js";

// Other tests compare the other kinds: LogitScore, which only rerankers have (test/loaders/causal-rerankers.test.ts); StaticEmbedding, whose
// models have no graph (test/loaders/static-embedding.test.ts); those of sparse models (test/loaders/sparse-encoder.test.ts) and of
// late-interaction models (test/loaders/multi-vector-encoder.test.ts).
const tokens: readonly ModuleKind[] = [multiVectorMask];
const others: readonly ModuleKind[] = [logitScore, staticEmbedding, ...sparse, ...tokens];
moduleSuite(MODULE_KINDS.filter((kind) => !others.includes(kind)));
