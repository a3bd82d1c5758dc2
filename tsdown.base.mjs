import { fileURLToPath } from "node:url";

/**
 * The build that every published package shares: ESM, CommonJS and types for Node 20 and newer.
 * @param {import("tsdown").UserConfig} overrides entries and other settings of one package; `outputOptions` is a function
 * from the format to options to add
 * @returns {import("tsdown").UserConfig}
 */
export function packageBuild({ outputOptions, ...overrides } = {}) {
  return {
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    // "0": a first build without types, for programs that only run (scripts/run.mjs).
    dts: process.env.SECONDPASS_TYPES !== "0",
    sourcemap: true,
    platform: "node",
    fixedExtension: false,
    target: "node20",
    // Gives import.meta.url a meaning in the CommonJS build.
    shims: true,
    // Docstrings are for editors, which read them in the types; nobody needs region marks.
    inputOptions: { experimental: { attachDebugInfo: "none" } },
    outputOptions: (options, format) => ({
      ...options,
      comments: { jsdoc: false },
      // CommonJS requires other packages' CommonJS builds, so that a process has one copy of each. import() would also fail under jest.
      ...(format === "cjs" && { dynamicImportInCjs: false }),
      ...outputOptions?.(format),
    }),
    ...overrides,
  };
}

/**
 * A build of the same entries for browsers, in dist/browser, after the one for Node.
 * @param {object} options
 * @param {import("tsdown").UserConfig["entry"]} options.entry
 * @param {string} options.base URL of the package's tsdown.config.mjs
 * @param {Readonly<Record<string, string>>} options.swaps files that need Node → their replacements
 * @param {Readonly<Record<string, string>>} [options.shared] files → the built file that both builds share
 * @returns {import("tsdown").UserConfig}
 */
export function browserBuild({ entry, base, swaps, shared = {} }) {
  const inPackage = (path) => fileURLToPath(new URL(path, base));
  const find = (table, id) => Object.entries(table).find(([file]) => id === inPackage(file))?.[1];
  const forBrowsers = {
    name: "for-browsers",
    resolveId: {
      order: "pre",
      async handler(source, importer, options) {
        // Threads: imported when needed, which is never the case in browsers.
        if (source.startsWith("node:")) return "\0nothing";
        const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
        const built = find(shared, resolved?.id);
        if (built !== undefined) return { id: built, external: true };
        const swapped = find(swaps, resolved?.id);
        return swapped === undefined ? resolved : inPackage(swapped);
      },
    },
    load: (id) => (id === "\0nothing" ? "export {};" : undefined),
  };
  return packageBuild({
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
  });
}
