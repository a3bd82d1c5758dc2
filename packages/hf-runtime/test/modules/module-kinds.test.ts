import { logitScore } from "../../src/modules/logit-score.js";
import type { ModuleKind } from "../../src/modules/module.js";
import { MODULE_KINDS } from "../../src/modules/module-kinds.js";
import { multiVectorMask } from "../../src/modules/multi-vector-mask.js";
import { sparseAutoEncoder } from "../../src/modules/sparse-auto-encoder.js";
import { sparseStaticEmbedding } from "../../src/modules/sparse-static-embedding.js";
import { spladePooling } from "../../src/modules/splade-pooling.js";
import { staticEmbedding } from "../../src/modules/static-embedding.js";
import { moduleSuite } from "../support/module-suite.js";

// Only rerankers have LogitScore: test/loaders/causal-rerankers.test.ts compares it. Models with StaticEmbedding have no graph:
// test/loaders/static-embedding.test.ts compares them. Sparse ones are in test/loaders/sparse-encoder.test.ts.
const sparse: readonly ModuleKind[] = [spladePooling, sparseStaticEmbedding, sparseAutoEncoder];
// Those of late-interaction models are in test/loaders/multi-vector-encoder.test.ts.
const tokens: readonly ModuleKind[] = [multiVectorMask];
const others: readonly ModuleKind[] = [logitScore, staticEmbedding, ...sparse, ...tokens];
moduleSuite(MODULE_KINDS.filter((kind) => !others.includes(kind)));
