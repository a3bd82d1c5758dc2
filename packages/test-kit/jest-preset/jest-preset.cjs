/** What every project of the root jest run shares. Used as `export default { ...preset, displayName }`. */
const path = require("node:path");

module.exports = {
  testEnvironment: path.join(__dirname, "node-environment.cjs"),
  testMatch: ["<rootDir>/src/**/*.test.ts", "<rootDir>/test/**/*.test.ts"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: {
    "^.+\\.ts$": [
      require.resolve("@swc/jest"),
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
};
