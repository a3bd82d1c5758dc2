import { join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import { crashSuite } from "@secondpass/test-kit";
import { LoopbackHub } from "../hub/loopback-hub.js";
import { CRASH_FILES, CRASH_HUB, CRASH_MODEL, CRASH_WRITERS, crashFile } from "./crash-writers.js";

let hub: LoopbackHub;
beforeAll(async () => {
  const names = Array.from({ length: CRASH_FILES }, (_, number) => `${number}.bin`);
  const files = Object.fromEntries(names.map((name) => [name, crashFile(name)]));
  hub = await LoopbackHub.start({ [CRASH_MODEL]: { commit: "0".repeat(40), files, large: names } });
  process.env[CRASH_HUB] = hub.endpoint;
});
afterAll(() => hub.stop());

crashSuite(join(__dirname, "crash-writers.ts"), CRASH_WRITERS);
