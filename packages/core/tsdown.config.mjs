import { packageBuild } from "../../tsdown.base.mjs";

// One build, so that both entries share one SecondpassError. test/entries.test.ts checks that `index` imports no Node module.
export default packageBuild({ entry: { index: "src/index.ts", node: "src/node/index.ts" }, shims: false });
