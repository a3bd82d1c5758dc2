import { jsonLayout } from "../../../src/persistence/json/json-layout.js";
import { storeLayoutSuite } from "../store-layout-suite.js";

storeLayoutSuite({ name: "json", layout: jsonLayout });
