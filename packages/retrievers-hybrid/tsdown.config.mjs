import { packageBuild } from "../../tsdown.base.mjs";

export default packageBuild({ entry: { index: "src/index.ts", store: "src/store/index.ts" } });
