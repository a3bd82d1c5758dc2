import { describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { crossEncoderSuite } from "@secondpass/test-kit";
import { FakeCrossEncoder } from "../src/fake-cross-encoder.js";
import golden from "./goldens/fake-cross-encoder.json";

describe("FakeCrossEncoder", () => {
  crossEncoderSuite({ create: () => new FakeCrossEncoder() });

  it("computes Python's scores to the last bit", async () => {
    const scores = await new FakeCrossEncoder().score(
      golden.cases.map(({ pair }) => pair as unknown as TextPair),
    );
    expect(scores).toEqual(golden.cases.map(({ score }) => score));
  });

  it("serialises under its own name", () => {
    expect(JSON.parse(JSON.stringify(new FakeCrossEncoder()))).toEqual({
      lc: 1,
      type: "constructor",
      id: ["secondpass", "cross_encoders", "FakeCrossEncoder"],
      kwargs: {},
    });
  });
});
