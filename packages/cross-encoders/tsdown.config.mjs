import { packageBuild } from "../../tsdown.base.mjs";

export default packageBuild({
  entry: {
    index: "src/index.ts",
    huggingface: "src/huggingface/index.ts",
    http: "src/http/index.ts",
    sagemaker: "src/sagemaker/index.ts",
    "ai-sdk": "src/ai-sdk/index.ts",
  },
  outputOptions: (format) =>
    format === "cjs" && {
      // Otherwise Rolldown's helpers would be in huggingface.cjs, and every entry would load it.
      codeSplitting: { groups: [{ name: "rolldown-runtime", test: /rolldown\/runtime/ }] },
    },
});
