import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { OnnxRuntimeLoadError } from "../../src/errors/onnx-runtime-load-error.js";
import { OnnxRuntimeMissingError } from "../../src/errors/onnx-runtime-missing-error.js";
import type { Connect } from "../../src/session/connection.js";
import { onnxRuntimePath } from "../../src/session/onnx-runtime-path.js";
import { connectToProcess } from "../../src/session/process-connection.js";
import { RemoteSession } from "../../src/session/remote-session.js";
import { requireOnnxRuntime } from "../../src/session/require-onnx-runtime.js";
import { connectToWorker } from "../../src/session/worker-connection.js";
import { toySpec } from "../support/toy-model.js";

describe("onnxRuntimePath", () => {
  it("gives an absolute path that a worker without its own module can require", () => {
    const path = onnxRuntimePath();
    expect(isAbsolute(path)).toBe(true);
    expect(path).toContain("onnxruntime-node");
  });

  it("tries the next place if a bundler has removed the first", () => {
    expect(onnxRuntimePath([undefined, "/nowhere/program.js", __filename])).toBe(onnxRuntimePath());
  });

  it("says where it looked if it finds nothing", () => {
    expect(() => onnxRuntimePath([undefined, "/nowhere/program.js"])).toThrow(OnnxRuntimeMissingError);
    expect(() => onnxRuntimePath(["/nowhere/program.js"])).toThrow(/\/nowhere\/program\.js/);
  });
});

describe("an onnxruntime-node whose native part cannot be loaded", () => {
  let folder: string;
  let path: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "secondpass-broken-runtime-"));
    path = join(folder, "index.cjs");
    writeFileSync(path, 'require("./onnxruntime_binding.node");');
    writeFileSync(join(folder, "onnxruntime_binding.node"), "cut");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("throws on the calling thread", () => {
    expect(() => requireOnnxRuntime(path)).toThrow(OnnxRuntimeLoadError);
    expect(() => requireOnnxRuntime(path)).toThrow(path);
  });

  it.each<[string, Connect]>([
    ["thread", connectToWorker()],
    ["process", connectToProcess()],
  ])("is reported by a model's %s", async (_place, connectToModel) => {
    const connect: Connect = (describeEnd) => {
      const connection = connectToModel(describeEnd);
      const { request } = connection;
      connection.request = (kind, body, ...rest) =>
        request.call(connection, kind, { ...(body as object), runtimePath: path }, ...rest) as never;
      return connection;
    };
    const opened = RemoteSession.open(toySpec(), { connect });
    await expect(opened).rejects.toThrow(OnnxRuntimeLoadError);
    await expect(opened).rejects.toThrow(folder);
  });
});
