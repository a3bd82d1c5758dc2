/**
 * The build that every published package shares: ESM, CommonJS and types for Node 20 and newer.
 * @param {import("tsdown").UserConfig} overrides entries and whatever else one package needs; `outputOptions` is a function
 * of the format that gives what to add
 * @returns {import("tsdown").UserConfig}
 */
export function packageBuild({ outputOptions, ...overrides } = {}) {
  return {
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    // "0": a first build for programs that only run (scripts/run.mjs).
    dts: process.env.SECONDPASS_TYPES !== "0",
    sourcemap: true,
    platform: "node",
    fixedExtension: false,
    target: "node20",
    // Gives import.meta.url a meaning in the CommonJS build.
    shims: true,
    // Docstrings are for editors, which read them in the types; region marks are for nobody.
    inputOptions: { experimental: { attachDebugInfo: "none" } },
    outputOptions: (options, format) => ({
      ...options,
      comments: { jsdoc: false },
      ...outputOptions?.(format),
    }),
    ...overrides,
  };
}
