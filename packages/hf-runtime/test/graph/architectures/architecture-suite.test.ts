import { architectures } from "../../../src/graph/architectures/architectures.js";
import { architectureSuite } from "../../support/architecture-suite.js";

for (const architecture of architectures) architectureSuite(architecture);
