/** Lets a test's child process `require` the package's TypeScript sources. It removes types, as jest does for the test. */
const { readFileSync, existsSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const ts = require("typescript");

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const source =
    request.startsWith(".") && path.resolve(path.dirname(parent.filename), request.replace(/\.js$/, ".ts"));
  return source && existsSync(source) ? source : resolve.call(this, request, parent, ...rest);
};

Module._extensions[".ts"] = (module, filename) => {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  module._compile(
    ts.transpileModule(readFileSync(filename, "utf8"), { compilerOptions }).outputText,
    filename,
  );
};
