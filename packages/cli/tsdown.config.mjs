import { packageBuild } from "../../tsdown.base.mjs";

// Only a program: nothing imports it, so it needs no types.
export default packageBuild({ entry: ["src/cli.ts"], format: ["esm"], dts: false });
