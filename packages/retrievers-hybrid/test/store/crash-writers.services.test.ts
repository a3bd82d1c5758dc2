import { join } from "node:path";
import { CRASH_PLACES, crashSuite } from "@secondpass/test-kit";
import { CRASH_WRITERS } from "./crash-writers.js";

for (const place of Object.values(CRASH_PLACES)) {
  crashSuite(join(__dirname, "crash-writers.ts"), CRASH_WRITERS, place);
}
