import { MODULE_KINDS } from "../../src/modules/module-kinds.js";
import { moduleSuite } from "../support/module-suite.js";

for (const kind of MODULE_KINDS) moduleSuite({ kind });
