import { describe, expect, it } from "@jest/globals";
import { UnsupportedModuleError } from "../../../src/errors/unsupported-module-error.js";
import { readPoolingConfig } from "../../../src/modules/config/pooling-config.js";

describe("readPoolingConfig", () => {
  it("reads the booleans of older files in Python's order", () => {
    const json = {
      pooling_mode_mean_tokens: true,
      pooling_mode_max_tokens: true,
      pooling_mode_cls_token: false,
    };
    expect(readPoolingConfig(json)).toMatchObject({ modes: ["max", "mean"], includePrompt: true });
  });

  it("reads the names of newer files, one or several, and prefers them", () => {
    expect(readPoolingConfig({ pooling_mode: "lasttoken", pooling_mode_cls_token: true }).modes).toEqual([
      "lasttoken",
    ]);
    expect(readPoolingConfig({ pooling_mode: ["mean", "cls"] }).modes).toEqual(["mean", "cls"]);
  });

  it("takes the mean if no mode is named", () => {
    expect(readPoolingConfig({}).modes).toEqual(["mean"]);
    expect(readPoolingConfig({ pooling_mode_cls_token: false }).modes).toEqual(["mean"]);
  });

  it("reads include_prompt and the width, by either name", () => {
    expect(readPoolingConfig({ include_prompt: false, word_embedding_dimension: 8 })).toMatchObject({
      includePrompt: false,
      width: 8,
    });
    expect(readPoolingConfig({ embedding_dimension: 16 }).width).toBe(16);
  });

  it("throws for an unknown mode, and names the known ones", () => {
    expect(() => readPoolingConfig({ pooling_mode: "median" })).toThrow(UnsupportedModuleError);
    expect(() => readPoolingConfig({ pooling_mode: "median" })).toThrow(
      /weightedmean.*"median".*config\.json/,
    );
  });
});
