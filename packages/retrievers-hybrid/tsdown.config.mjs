import { browserBuild, packageBuild } from "../../tsdown.base.mjs";

const entry = { index: "src/index.ts", store: "src/store/index.ts" };

/**
 * What the ES modules carry of other packages, in files of their own. Node takes longest to look for the names that a large CommonJS module
 * exports, which it does whenever an ES module imports one.
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
      // As ES modules, of which the lists that nobody uses are left out.
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
