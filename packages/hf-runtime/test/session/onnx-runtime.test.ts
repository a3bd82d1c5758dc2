import { isAbsolute } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { OnnxRuntimeMissingError } from "../../src/errors/onnx-runtime-missing-error.js";
import { onnxRuntimePath } from "../../src/session/onnx-runtime-path.js";

describe("onnxRuntimePath", () => {
  it("gives an absolute path, which a worker without a module of its own can require", () => {
    const path = onnxRuntimePath();
    expect(isAbsolute(path)).toBe(true);
    expect(path).toContain("onnxruntime-node");
  });

  it("looks on where a bundler left no place to look from", () => {
    expect(onnxRuntimePath([undefined, "/nowhere/program.js", __filename])).toBe(onnxRuntimePath());
  });

  it("says where it looked when it is nowhere", () => {
    expect(() => onnxRuntimePath([undefined, "/nowhere/program.js"])).toThrow(OnnxRuntimeMissingError);
    expect(() => onnxRuntimePath(["/nowhere/program.js"])).toThrow(/\/nowhere\/program\.js/);
  });
});
