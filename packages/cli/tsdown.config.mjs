import { packageBuild } from "../../tsdown.base.mjs";

// A program alone: nothing imports it.
export default packageBuild({ entry: ["src/cli.ts"], format: ["esm"], dts: false });
