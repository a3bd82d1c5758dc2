import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dropout } from "../../src/modules/dropout.js";
import { MODULE_KINDS } from "../../src/modules/module-kinds.js";
import { moduleSuite } from "../support/module-suite.js";

for (const kind of MODULE_KINDS.filter((one) => one !== dropout)) moduleSuite({ kind });

// Changes no vector, so that it has no golden of its own.
moduleSuite({
  kind: dropout,
  models: ["bert-encoder"],
  change: (folder) => {
    const path = join(folder, "modules.json");
    const modules = JSON.parse(readFileSync(path, "utf8")) as object[];
    writeFileSync(path, JSON.stringify([...modules, { path: "3_Dropout", type: "models.Dropout" }]));
  },
});
