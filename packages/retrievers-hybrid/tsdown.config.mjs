import { browserBuild, packageBuild } from "../../tsdown.base.mjs";

const entry = { index: "src/index.ts", store: "src/store/index.ts" };

/**
 * Files of the ES modules that contain code of other packages. Otherwise an ES module would import a large CommonJS module, and Node is slow to
 * find the names that such a module exports.
 */
const CARRIED = { languages: "src/analysis/languages.ts", "new-stemmer": "src/analysis/new-stemmer.ts" };

export default [
  packageBuild({ entry, format: ["cjs"] }),
  packageBuild({
    entry: { ...entry, ...CARRIED },
    format: ["esm"],
    // The first build cleans dist.
    clean: false,
    deps: { alwaysBundle: ["snowball-stemmers", "stopword"] },
    inputOptions: {
      experimental: { attachDebugInfo: "none" },
      // As ES modules, so that unused lists are left out.
      resolve: { mainFields: ["module", "main"] },
    },
  }),
  browserBuild({
    entry,
    base: import.meta.url,
    swaps: { "src/persistence/file-system.ts": "src/persistence/no-file-system.ts" },
    shared: Object.fromEntries(Object.entries(CARRIED).map(([name, file]) => [file, `../${name}.js`])),
  }),
];
