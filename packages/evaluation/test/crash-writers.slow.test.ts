import { join } from "node:path";
import { crashSuite } from "@secondpass/test-kit";
import { CRASH_WRITERS } from "./crash-writers.js";

crashSuite(join(__dirname, "crash-writers.ts"), CRASH_WRITERS);
