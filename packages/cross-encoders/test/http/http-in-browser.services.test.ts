import { describe, expect, it } from "@jest/globals";
import { bundleForBrowser, runInBrowser } from "@secondpass/test-kit/browser";

const SCRIPT = `
  const { HttpCrossEncoder } = await import("/bundle.js");
  const model = new HttpCrossEncoder({ url: location.origin, protocol: "tei" });
  const lost = new HttpCrossEncoder({ url: location.origin + "/none", protocol: "tei", maxRetries: 0 });
  answer = {
    node: typeof process + typeof Buffer,
    scores: await model.score([["q", "a"], ["q", "b"]]),
    failure: await lost.score([["q", "a"]]).then(() => "none", (error) => [error.name, error.status]),
  };
`;

describe("HttpCrossEncoder in a browser", () => {
  it("scores with the browser's fetch", async () => {
    const answer = await runInBrowser(SCRIPT, {
      "/bundle.js": await bundleForBrowser('export * from "@secondpass/cross-encoders/http";', __dirname),
      "/rerank": '[{"index": 1, "score": 0.75}, {"index": 0, "score": 0.25}]',
    });
    expect(answer).toEqual({
      node: "undefinedundefined",
      scores: [0.25, 0.75],
      failure: ["HttpEndpointError", 404],
    });
  }, 60_000);
});
