/** Serves the test repository until its standard input ends: prints the endpoint. For checks from Python. */
require("../support/typescript-hook.cjs");
const { LoopbackHub } = require("./loopback-hub.ts");
const { MODEL, REPOSITORY } = require("./hub-test-bed.ts");

LoopbackHub.start({ [MODEL]: REPOSITORY }).then((hub) => {
  hub.cdnHost = "localhost";
  console.log(hub.endpoint);
  process.stdin.resume().on("end", () => hub.stop());
});
