import { browserBuild, packageBuild } from "../../tsdown.base.mjs";

const entry = { index: "src/index.ts", store: "src/store/index.ts" };

export default [
  packageBuild({ entry }),
  browserBuild({
    entry,
    base: import.meta.url,
    swaps: { "src/persistence/file-system.ts": "src/persistence/no-file-system.ts" },
  }),
];
