import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { STAND_IN_REGION } from "@secondpass/test-kit/sagemaker";
import { type RerankerEndpoint, startRerankerEndpoint } from "./reranker-endpoint.js";
import { runCli } from "./run-cli.js";

jest.setTimeout(120_000);

/** Largest difference of a score between one forward pass and another: float32's rounding. */
const SAME_SCORE = 1e-5;

interface Report {
  firstPass: { pageContent: string }[];
  secondPass: { pageContent: string; metadata: { relevanceScore: number } }[];
}

/** Converts the endpoint's logits to the mini reranker's own scores. */
const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));

describe("the demo on a SageMaker endpoint", () => {
  let endpoint: RerankerEndpoint;
  let aws: Record<string, string>;
  beforeAll(async () => {
    endpoint = await startRerankerEndpoint();
    aws = { ...endpoint.aws, AWS_REGION: STAND_IN_REGION };
  });
  afterAll(() => endpoint.close());

  it("ranks all candidates as the local cross-encoder does", async () => {
    const args = ["--json", "--top-n", "20"];
    const before = endpoint.front.requests.length;
    const local = JSON.parse((await runCli(args)).stdout) as Report;
    const run = await runCli([...args, "--sagemaker", "reranker"], aws);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const remote = JSON.parse(run.stdout) as Report;
    expect(remote.firstPass).toEqual(local.firstPass);
    expect(remote.secondPass).toHaveLength(20);
    expect(remote.secondPass.map(({ pageContent }) => pageContent)).toEqual(
      local.secondPass.map(({ pageContent }) => pageContent),
    );
    remote.secondPass.forEach(({ metadata }, place) => {
      const score = local.secondPass[place]?.metadata.relevanceScore ?? Number.NaN;
      expect(Math.abs(sigmoid(metadata.relevanceScore) - score)).toBeLessThan(SAME_SCORE);
    });
    // All twenty pairs are sent in one signed request.
    expect(endpoint.front.requests.slice(before).map(({ status }) => status)).toEqual([200]);
  });

  it.each([
    [
      "an unknown endpoint",
      "nobody",
      {},
      /Endpoint "nobody" answered 400 ValidationError: Endpoint nobody of/,
    ],
    ["a wrong key", "reranker", { AWS_SECRET_ACCESS_KEY: "wrong" }, /answered 403 InvalidSignatureException/],
  ])("says in one sentence what is wrong with %s", async (_, endpointName, env, message) => {
    const run = await runCli(["--sagemaker", endpointName], { ...aws, ...env });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});
