/**
 * The build that every published package shares: ESM, CommonJS and types for Node 20 and newer.
 * @param {import("tsdown").UserConfig} overrides entries and whatever else one package needs
 * @returns {import("tsdown").UserConfig}
 */
export function packageBuild(overrides = {}) {
  return {
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    dts: true,
    sourcemap: true,
    platform: "node",
    fixedExtension: false,
    target: "node20",
    // Gives import.meta.url a meaning in the CommonJS build.
    shims: true,
    ...overrides,
  };
}
