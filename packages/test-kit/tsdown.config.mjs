import { packageBuild } from "../../tsdown.base.mjs";

// Build only the stand-ins, which benchmarks and the oracle run in plain Node. Types come from the source.
export default packageBuild({ entry: { sagemaker: "src/sagemaker/index.ts" }, dts: false });
