import { logitScore } from "../../src/modules/logit-score.js";
import type { ModuleKind } from "../../src/modules/module.js";
import { MODULE_KINDS } from "../../src/modules/module-kinds.js";
import { staticEmbedding } from "../../src/modules/static-embedding.js";
import { moduleSuite } from "../support/module-suite.js";

// LogitScore ends rerankers, and is no part of an embedder: test/loaders/causal-rerankers.test.ts compares it. A model of StaticEmbedding has
// no graph: test/loaders/static-embedding.test.ts.
const others: readonly ModuleKind[] = [logitScore, staticEmbedding];
for (const kind of MODULE_KINDS) if (!others.includes(kind)) moduleSuite({ kind });
