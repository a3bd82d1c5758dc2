/**
 * Settings that all projects of the root jest run share. Used as `export default { ...preset, displayName }`.
 *
 * SECONDPASS_TESTS selects the tests by the names of their files:
 * - not set: `*.test.ts` and, in their short form, `*.slow.test.ts` and `*.fuzz.test.ts`. They need only Node and npm.
 * - "services": `*.services.test.ts`, which need the programs that scripts/services installs.
 * - "slow": `*.slow.test.ts`. With SECONDPASS_SLOW=1 they run at full length.
 * - "fuzz": `*.fuzz.test.ts`, for the time that scripts/fuzz.mjs gives them.
 *
 * Properties draw the same inputs in every run unless SECONDPASS_SEED is set: see fast-check.cjs.
 */
const suffix = { services: ".services.test.ts", slow: ".slow.test.ts", fuzz: ".fuzz.test.ts" }[
  process.env.SECONDPASS_TESTS ?? ""
];

/**
 * Globals that each module gets as parameters. A test runs in a `vm` context, where Node looks up a global in some 140 ns instead of 3: code
 * that computes would take up to ten times as long. The list has the globals that computing code uses and that no package declares
 * itself, because `const Math = …` at the top of a module would be a syntax error.
 */
const FAST_GLOBALS = [
  "Array",
  "ArrayBuffer",
  "BigInt",
  "BigInt64Array",
  "BigUint64Array",
  "DataView",
  "Float32Array",
  "Float64Array",
  "Int16Array",
  "Int32Array",
  "Int8Array",
  "JSON",
  "Map",
  "Math",
  "Number",
  "Object",
  "Set",
  "String",
  "Uint16Array",
  "Uint32Array",
  "Uint8Array",
  "Uint8ClampedArray",
];

module.exports = {
  testEnvironment: "node",
  testMatch: [`<rootDir>/test/**/*${suffix ?? ".test.ts"}`],
  testPathIgnorePatterns: ["/node_modules/", ...(suffix === undefined ? ["\\.services\\.test\\.ts$"] : [])],
  sandboxInjectedGlobals: FAST_GLOBALS,
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  resolver: require.resolve("./resolver.cjs"),
  transform: {
    "^.+\\.ts$": [
      require.resolve("@swc/jest"),
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
};
