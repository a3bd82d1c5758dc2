import { browserBuild, packageBuild } from "../../tsdown.base.mjs";

/** The kernels in base64, made by assembly/build.mjs: a third of this package. */
const WASM_BYTES = "src/kernels/generated/wasm-bytes.ts";

const entry = { index: "src/index.ts", io: "src/io/index.ts" };

export default [
  packageBuild({
    entry: { ...entry, "wasm-bytes": WASM_BYTES },
    // Only Node's own modules are imported late. With require, the chunks that the entries share would need index first, and io could not be loaded.
    outputOptions: (format) => format === "cjs" && { dynamicImportInCjs: true },
  }),
  browserBuild({
    entry,
    base: import.meta.url,
    swaps: {
      "src/disk/disk-rows.ts": "src/disk/no-disk-rows.ts",
      "src/files/read-index-file.ts": "src/files/no-read-index-file.ts",
      "src/files/write-index-file.ts": "src/files/no-write-index-file.ts",
    },
    shared: { [WASM_BYTES]: "../wasm-bytes.js" },
  }),
];
