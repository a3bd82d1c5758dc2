import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dense } from "../../src/modules/dense.js";
import { dropout } from "../../src/modules/dropout.js";
import { layerNorm } from "../../src/modules/layer-norm.js";
import { normalize } from "../../src/modules/normalize.js";
import { pooling } from "../../src/modules/pooling.js";
import { transformer } from "../../src/modules/transformer.js";
import { moduleSuite } from "../support/module-suite.js";

moduleSuite({ kind: transformer, models: ["bert-encoder", "no-modules", "roberta-encoder"] });
moduleSuite({
  kind: pooling,
  models: [
    "pool-cls",
    "pool-max",
    "pool-mean",
    "pool-mean-sqrt-len",
    "pool-weightedmean",
    "pool-lasttoken",
    "pool-several",
    "left-cls_token",
    "left-mean_tokens",
    "left-weightedmean_tokens",
    "left-lasttoken",
  ],
});
moduleSuite({ kind: pooling, models: ["prompts-not-pooled"] });
moduleSuite({
  kind: dense,
  models: ["dense-tanh", "dense-identity", "dense-residual", "dense-residual-projected"],
});
moduleSuite({ kind: layerNorm, models: ["layer-norm"] });
moduleSuite({ kind: normalize, models: ["bert-encoder", "truncate-dim"] });
moduleSuite({
  kind: dropout,
  models: ["bert-encoder"],
  change: (folder) => {
    const path = join(folder, "modules.json");
    const modules = JSON.parse(readFileSync(path, "utf8")) as object[];
    writeFileSync(path, JSON.stringify([...modules, { path: "3_Dropout", type: "models.Dropout" }]));
  },
});
