import { packageBuild } from "../../tsdown.base.mjs";

export default packageBuild({
  entry: ["src/cli.ts", "src/verify-hub.ts", "src/verify-aws.ts"],
  format: ["esm"],
  dts: false,
});
