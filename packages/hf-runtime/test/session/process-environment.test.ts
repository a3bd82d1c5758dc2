import { describe, expect, it } from "@jest/globals";
import { processEnvironment } from "../../src/session/process-environment.js";

describe("processEnvironment", () => {
  it("passes on variables by which programs are found, but no secrets and no hooks", () => {
    const environment = processEnvironment({
      PATH: "/bin",
      LD_LIBRARY_PATH: "/cuda",
      CUDA_VISIBLE_DEVICES: "1",
      HF_TOKEN: "secret",
      AWS_SECRET_ACCESS_KEY: "secret",
      NODE_OPTIONS: "--require hook.js",
      NODE_CHANNEL_FD: "3",
    });
    expect(environment).toMatchObject({ PATH: "/bin", LD_LIBRARY_PATH: "/cuda", CUDA_VISIBLE_DEVICES: "1" });
    expect(JSON.stringify(environment)).not.toMatch(/secret|hook|CHANNEL/);
  });

  it("leaves onnxruntime's telemetry off, unless it is set", () => {
    expect(processEnvironment({}).ORT_DISABLE_TELEMETRY).toBe("1");
    expect(processEnvironment({ ORT_DISABLE_TELEMETRY: "0" }).ORT_DISABLE_TELEMETRY).toBe("0");
  });
});
