import { browserBuild, packageBuild } from "../../tsdown.base.mjs";

const entry = ["src/index.ts", "src/indexes.ts"];

export default [
  packageBuild({ entry }),
  browserBuild({
    entry,
    base: import.meta.url,
    swaps: {
      "src/persistence/file-system.ts": "src/persistence/no-file-system.ts",
      "src/io/sha256.ts": "src/io/sha256-in-javascript.ts",
    },
  }),
];
