import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { STAND_IN_REGION } from "@secondpass/test-kit/sagemaker";
import { type RerankerEndpoint, startRerankerEndpoint } from "../reranker-endpoint.js";
import { runCli } from "../run-cli.js";

jest.setTimeout(120_000);

const PROGRAM = "verify-aws.js";

describe("npm run verify:aws, with our container behind a replacement for SageMaker's runtime", () => {
  let endpoint: RerankerEndpoint;
  let aws: Record<string, string>;
  beforeAll(async () => {
    endpoint = await startRerankerEndpoint();
    aws = endpoint.aws;
  });
  afterAll(() => endpoint.close());

  it("passes all checks", async () => {
    const run = await runCli(["reranker", "--region", STAND_IN_REGION], aws, PROGRAM);
    expect(run.stderr).toBe("");
    expect(run.stdout.match(/^ok {7}[^:]+/gm)?.map((line) => line.slice(9))).toEqual([
      "scores",
      "order",
      "alone as in a batch",
      "long text",
      "an unknown name",
      "latency",
    ]);
    expect(run.stdout).toMatch(/\n6 ok, 0 failed, 0 skipped\n$/);
    expect(run.code).toBe(0);
  });

  it("fails if the answers are wrong", async () => {
    // Change only the answer to the first request, so that the second score is not the best.
    endpoint.front.script(async () => ({
      status: 200,
      headers: { "content-type": "application/json" },
      body: Buffer.from('{"scores":[3,2,1]}'),
    }));
    const run = await runCli(["reranker", "--region", STAND_IN_REGION], aws, PROGRAM);
    expect(run.stdout).toMatch(/^failed {3}order: "The lake is deep and cold\." is the best of 3$/m);
    expect(run.stdout).toMatch(/^failed {3}alone as in a batch: /m);
    expect(run.code).toBe(1);
  });

  it.each([
    [["nobody-knows-it"], 1, /^Endpoint "nobody-knows-it" answered 400 ValidationError/],
    [[], 2, /^Expected the name of one endpoint, got 0 names\.\nUsage: npm run verify:aws/],
    [["reranker", "--handler", "pear"], 2, /^Expected --handler to be one of pairs, .*, got "pear"\.\n/],
    [["reranker", "--regoin", "x"], 2, /^Unknown option '--regoin'/],
  ])("says in one sentence why it cannot check with %j", async (words, code, message) => {
    const run = await runCli(words, { AWS_REGION: STAND_IN_REGION, ...aws }, PROGRAM);
    expect(run.stderr).toMatch(message);
    expect(run.code).toBe(code);
  });
});
