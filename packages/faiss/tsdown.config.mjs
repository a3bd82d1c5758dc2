import { fileURLToPath } from "node:url";
import { packageBuild } from "../../tsdown.base.mjs";

/** What browsers have in the place of what needs Node. */
const IN_BROWSERS = {
  "src/files/read-index-file.ts": "src/files/no-read-index-file.ts",
};

/** The kernels in base64, made by assembly/build.mjs. */
const WASM_BYTES = "src/kernels/generated/wasm-bytes.ts";

const inPackage = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Swaps those files, and leaves nothing that a browser's bundler would look for in vain. */
const forBrowsers = {
  name: "for-browsers",
  resolveId: {
    order: "pre",
    async handler(source, importer, options) {
      // Threads: imported when they are wanted, which is never the case there.
      if (source.startsWith("node:")) return "\0nothing";
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      // A third of this package: both builds share one file of it.
      if (resolved?.id === inPackage(WASM_BYTES)) return { id: "../wasm-bytes.js", external: true };
      for (const [file, swapped] of Object.entries(IN_BROWSERS)) {
        if (resolved?.id === inPackage(file)) return inPackage(swapped);
      }
      return resolved;
    },
  },
  load: (id) => (id === "\0nothing" ? "export {};" : undefined),
};

const entry = { index: "src/index.ts", io: "src/io/index.ts" };

export default [
  packageBuild({ entry: { ...entry, "wasm-bytes": WASM_BYTES } }),
  packageBuild({
    entry,
    outDir: "dist/browser",
    // The first build cleans dist, this folder included.
    clean: false,
    format: ["esm"],
    platform: "browser",
    target: "es2022",
    dts: false,
    shims: false,
    plugins: [forBrowsers],
  }),
];
