import { packageBuild } from "../../tsdown.base.mjs";

export default packageBuild({
  entry: {
    index: "src/index.ts",
    huggingface: "src/huggingface/index.ts",
    sagemaker: "src/sagemaker/index.ts",
    "ai-sdk": "src/ai-sdk/index.ts",
  },
});
