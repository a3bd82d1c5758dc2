import { logitScore } from "../../src/modules/logit-score.js";
import { MODULE_KINDS } from "../../src/modules/module-kinds.js";
import { moduleSuite } from "../support/module-suite.js";

// LogitScore ends rerankers, and is no part of an embedder: test/loaders/causal-rerankers.test.ts compares it.
for (const kind of MODULE_KINDS) if (kind !== logitScore) moduleSuite({ kind });
