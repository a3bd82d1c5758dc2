import { logitScore } from "../../src/modules/logit-score.js";
import type { ModuleKind } from "../../src/modules/module.js";
import { MODULE_KINDS } from "../../src/modules/module-kinds.js";
import { sparseAutoEncoder } from "../../src/modules/sparse-auto-encoder.js";
import { sparseStaticEmbedding } from "../../src/modules/sparse-static-embedding.js";
import { spladePooling } from "../../src/modules/splade-pooling.js";
import { staticEmbedding } from "../../src/modules/static-embedding.js";
import { moduleSuite } from "../support/module-suite.js";

// LogitScore ends rerankers, and is no part of an embedder: test/loaders/causal-rerankers.test.ts compares it. A model of StaticEmbedding has
// no graph: test/loaders/static-embedding.test.ts. Sparse ones: test/loaders/sparse-encoder.test.ts.
const sparse: readonly ModuleKind[] = [spladePooling, sparseStaticEmbedding, sparseAutoEncoder];
const others: readonly ModuleKind[] = [logitScore, staticEmbedding, ...sparse];
for (const kind of MODULE_KINDS) if (!others.includes(kind)) moduleSuite({ kind });
