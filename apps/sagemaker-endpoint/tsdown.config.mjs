import { packageBuild } from "../../tsdown.base.mjs";

export default packageBuild({ entry: ["src/cli.ts"], format: ["esm"], dts: false });
