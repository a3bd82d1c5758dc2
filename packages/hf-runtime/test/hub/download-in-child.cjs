/** A process that downloads one file of a model: `node download-in-child.cjs '<LoadOptions>' <path>`. */
require("../support/typescript-hook.cjs");
const { resolveModel } = require("../../src/hub/resolve-model.ts");

const [options, path] = process.argv.slice(2);
resolveModel(JSON.parse(options), { token: undefined })
  .then((files) => files.localPath(path))
  .then((file) => console.log(file))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
