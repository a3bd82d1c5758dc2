const { TestEnvironment } = require("jest-environment-node");

/**
 * jest runs tests in a realm of its own whose typed arrays are not Node's. onnxruntime-node tells a tensor's type by
 * `instanceof` against Node's classes and rejects the realm's, so the realm is given Node's.
 */
const SHARED_CLASSES = [
  "ArrayBuffer",
  "SharedArrayBuffer",
  "DataView",
  "Float32Array",
  "Float64Array",
  "Int8Array",
  "Int16Array",
  "Int32Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Uint16Array",
  "Uint32Array",
  "BigInt64Array",
  "BigUint64Array",
];

module.exports = class NodeEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of SHARED_CLASSES) this.global[name] = globalThis[name];
  }
};
