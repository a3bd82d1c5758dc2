import { pickleLayout } from "../../../src/persistence/pickle/pickle-layout.js";
import { storeLayoutSuite } from "../store-layout-suite.js";

storeLayoutSuite({ name: "pickle", layout: pickleLayout });
