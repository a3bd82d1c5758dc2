import { packageBuild } from "../../tsdown.base.mjs";

// One build, so that both entries share one SecondpassError. test/entries.test.ts checks that `index` needs nothing of Node.
export default packageBuild({ entry: { index: "src/index.ts", node: "src/node/index.ts" }, shims: false });
