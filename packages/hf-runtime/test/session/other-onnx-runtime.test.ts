import { describe, expect, it } from "@jest/globals";
import { otherOnnxRuntime } from "../../src/session/other-onnx-runtime.js";
import { requireOnnxRuntime } from "../../src/session/require-onnx-runtime.js";

const OWN = "/app/node_modules/onnxruntime-node/dist/index.js";

describe("otherOnnxRuntime", () => {
  it("distinguishes another copy's native files from this package's", () => {
    const ours = "/app/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1";
    const theirs =
      "/app/node_modules/a/node_modules/onnxruntime-node/bin/napi-v3/linux/x64/onnxruntime_binding.node";
    expect(otherOnnxRuntime(OWN, [ours, "/usr/lib/libc.so.6", "/app/onnxruntime.js"])).toBeUndefined();
    expect(otherOnnxRuntime(OWN, [ours, theirs])).toBe(theirs);
  });

  it.each([
    "/opt/libonnxruntime.so.1.21.0",
    "/opt/libonnxruntime.1.21.0.dylib",
    "C:\\other\\onnxruntime.dll",
    "/opt/onnxruntime_binding.node",
  ])("knows %s for a native part", (path) => {
    expect(otherOnnxRuntime(OWN, [path])).toBe(path);
  });

  it("does not report this package's own copy", () => {
    requireOnnxRuntime();
    expect(otherOnnxRuntime()).toBeUndefined();
  });
});
