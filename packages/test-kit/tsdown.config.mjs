import { packageBuild } from "../../tsdown.base.mjs";

// The stand-ins alone: benchmarks and the oracle run them in plain Node. Types come from the source.
export default packageBuild({ entry: { sagemaker: "src/sagemaker/index.ts" }, dts: false });
