import { packageBuild } from "../../tsdown.base.mjs";

export default packageBuild({ entry: ["src/index.ts", "src/indexes.ts"] });
