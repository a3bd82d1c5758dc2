import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import {
  type ControlPlane,
  STAND_IN_CREDENTIALS,
  STAND_IN_REGION,
  startControlPlane,
} from "@secondpass/test-kit/sagemaker";
import { main } from "../../src/main.js";

const ROLE = "arn:aws:iam::123456789012:role/reranker";
const IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/secondpass:1";
const HUB = ["--name", "reranker", "--role", ROLE, "--image", IMAGE, "--hf-model-id", "org/model"];

let folder: string;
let plane: ControlPlane | undefined;
const environment = { ...process.env };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-"));
  await mkdir(join(folder, "model"));
  await writeFile(join(folder, "model", "config.json"), "{}");
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  await plane?.close();
  process.env = { ...environment };
});

/** Starts the replacement for AWS and points the real AWS clients to it, by an operator's environment. */
async function start(behaviour: Parameters<typeof startControlPlane>[0] = {}): Promise<ControlPlane> {
  plane = await startControlPlane(behaviour);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: plane.url,
    AWS_REGION: STAND_IN_REGION,
    AWS_ACCESS_KEY_ID: STAND_IN_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: STAND_IN_CREDENTIALS.secretAccessKey,
    AWS_MAX_ATTEMPTS: "1",
  });
  return plane;
}

/** Runs the command line in this process. */
const run = (...words: string[]) => runUntil("nobody interrupts", ...words);

/** Runs the command line in this process, and interrupts it at the first line that contains a text. */
async function runUntil(interruption: string, ...words: string[]) {
  const lines: string[] = [];
  const stopped = new AbortController();
  const code = await main(words, {
    signal: stopped.signal,
    print: (line) => {
      lines.push(line);
      if (line.includes(interruption)) stopped.abort(new Error("interrupted."));
    },
    printError: (line) => lines.push(`error: ${line}`),
    scriptFolder: "/nowhere",
    pollMs: 1,
  });
  return { code, output: lines.join("\n") };
}

/** Everything that a deployment creates and that costs money or uses up a name. */
const left = ({ state, objects }: ControlPlane) =>
  [state.models, state.configs, state.endpoints, state.scalableTargets, state.scalingPolicies, objects].map(
    ({ size }) => size,
  );

describe("deploy", () => {
  it("uploads the archive and creates model, configuration, endpoint and auto scaling, with progress", async () => {
    const aws = await start();
    const archive = join(folder, "model.tar.gz");
    await run("pack", "--model", join(folder, "model"), "--out", archive);
    const words = ["--name", "reranker", "--role", ROLE, "--image", IMAGE, "--model-data", archive];
    const { code, output } = await run("deploy", ...words, "--bucket", "models", "--max-instances", "4");
    expect(output).toContain("Creating after 0 s");
    expect(output).toContain('Endpoint "reranker" is in service.');
    expect(code).toBe(0);
    expect(aws.operations).toEqual([
      "PutObject",
      "CreateModel",
      "CreateEndpointConfig",
      "CreateEndpoint",
      "RegisterScalableTarget",
      "PutScalingPolicy",
    ]);
    const [[key, uploaded]] = [...aws.objects] as [[string, Buffer]];
    expect(uploaded.equals(await readFile(archive))).toBe(true);
    const [model] = [...aws.state.models.values()];
    expect(model).toMatchObject({
      ExecutionRoleArn: ROLE,
      PrimaryContainer: { Image: IMAGE, ModelDataUrl: `s3://${key}` },
    });
    const [config] = [...aws.state.configs.values()];
    expect(config).toMatchObject({
      ProductionVariants: [{ RoutingConfig: { RoutingStrategy: "LEAST_OUTSTANDING_REQUESTS" } }],
    });
    expect([...aws.state.scalingPolicies.values()]).toMatchObject([
      {
        ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: "SageMakerVariantInvocationsPerInstance" },
        },
      },
    ]);
  });

  it("deploys a hub model without an upload and, with one number of instances, without auto scaling", async () => {
    const aws = await start();
    expect(await run("deploy", ...HUB, "--env", "LOG_LEVEL=debug")).toMatchObject({ code: 0 });
    expect(aws.operations).toEqual(["CreateModel", "CreateEndpointConfig", "CreateEndpoint"]);
    expect([...aws.state.models.values()]).toMatchObject([
      { PrimaryContainer: { Environment: { HF_MODEL_ID: "org/model", LOG_LEVEL: "debug" } } },
    ]);
  });

  it("prints the calls of a dry run and sends none", async () => {
    const aws = await start();
    const { code, output } = await run("deploy", ...HUB, "--max-instances", "2", "--dry-run");
    expect(code).toBe(0);
    expect(output).toMatch(/sagemaker CreateModel\n\{[\s\S]*application-auto-scaling PutScalingPolicy\n\{/);
    expect(aws.operations).toEqual([]);
  });

  it.each([
    "CreateModel",
    "CreateEndpointConfig",
    "CreateEndpoint",
    "RegisterScalableTarget",
    "PutScalingPolicy",
  ])("removes everything it created if %s fails", async (operation) => {
    const aws = await start();
    aws.failAt(operation, "ResourceLimitExceeded", "no quota for you");
    const { code, output } = await run("deploy", ...HUB, "--max-instances", "2");
    expect(code).toBe(1);
    expect(output).toContain(`error: ${operation} failed: ResourceLimitExceeded: no quota for you`);
    expect(output).toContain("Everything that it had created was removed.");
    expect(left(aws)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("removes everything, including the upload, if the endpoint does not come into service, and says why", async () => {
    const aws = await start({ failureReason: "The primary container did not pass the ping health check." });
    const archive = join(folder, "failing.tar.gz");
    await run("pack", "--model", join(folder, "model"), "--out", archive);
    const words = ["--name", "reranker", "--role", ROLE, "--image", IMAGE, "--model-data", archive];
    const { code, output } = await run("deploy", ...words, "--bucket", "models");
    expect(code).toBe(1);
    expect(output).toContain("is Failed: The primary container did not pass the ping health check.");
    expect(left(aws)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("removes everything when it is interrupted, once the endpoint can be removed", async () => {
    const aws = await start({ polls: 4 });
    const { code, output } = await runUntil("Creating after", "deploy", ...HUB);
    expect(code).toBe(1);
    expect(output).toContain(
      "error: CreateEndpoint failed: Error: interrupted. Everything that it had created was removed.",
    );
    expect(left(aws)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("keeps everything that an endpoint needs if the endpoint could not be removed, and names it", async () => {
    const aws = await start({ failureReason: "no ping" });
    aws.failAt("DeleteEndpoint", "AccessDeniedException", "not yours");
    const { output } = await run("deploy", ...HUB);
    expect(output).toMatch(
      /remove them yourself: DeleteEndpoint .*"reranker"}; DeleteEndpointConfig .*; DeleteModel /,
    );
    expect(left(aws)).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it("names resources that it could not remove", async () => {
    const aws = await start();
    aws.failAt("CreateEndpoint", "ResourceLimitExceeded", "no quota for you");
    aws.failAt("DeleteModel", "AccessDeniedException", "not yours");
    const { output } = await run("deploy", ...HUB);
    expect(output).toMatch(/remove them yourself: DeleteModel \{"ModelName":"reranker-\d{12}"\}\./);
    expect(left(aws)).toEqual([1, 0, 0, 0, 0, 0]);
  });

  it("rejects a name that is taken, before it makes anything", async () => {
    const aws = await start();
    await run("deploy", ...HUB);
    const before = left(aws);
    const { code, output } = await run("deploy", ...HUB);
    expect([code, output]).toEqual([2, expect.stringContaining('Expected no endpoint "reranker"')]);
    expect(left(aws)).toEqual(before);
  });

  it.each([
    ["no name", ["--role", ROLE, "--image", IMAGE, "--hf-model-id", "m"], "Expected --name."],
    ["no model", HUB.slice(0, 6), "Expected --model-data or --hf-model-id"],
    [
      "a local archive without a bucket",
      [...HUB.slice(0, 6), "--model-data", "m.tar.gz"],
      "Expected --bucket",
    ],
    [
      "a maximum of instances below the minimum",
      [...HUB, "--min-instances", "3", "--max-instances", "2"],
      "at least 3",
    ],
    ["an assignment without a value", [...HUB, "--env", "NOTHING"], "Expected --env KEY=VALUE"],
    ["an unknown flag", [...HUB, "--colour", "red"], "Unknown option '--colour'"],
    ["a name that SageMaker rejects", ["--name", "under_score", ...HUB.slice(2)], "single hyphens"],
  ])("rejects %s", async (_case, words, message) => {
    const { code, output } = await run("deploy", ...words);
    expect([code, output]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("status and delete", () => {
  it("shows a deployment and removes it", async () => {
    const aws = await start();
    await run("deploy", ...HUB, "--max-instances", "3");
    const { code, output } = await run("status", "--name", "reranker");
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ status: "InService", instances: [1, 3] });
    expect(await run("delete", "--name", "reranker")).toMatchObject({ code: 0 });
    expect(left(aws)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("fail if the endpoint does not exist", async () => {
    await start();
    const status = await run("status", "--name", "nothing");
    expect([status.code, JSON.parse(status.output)]).toMatchObject([1, { status: "none" }]);
    expect(await run("delete", "--name", "nothing")).toMatchObject({ code: 2 });
  });

  it("fails with a wrong key, so that the other tests prove something", async () => {
    await start();
    process.env.AWS_SECRET_ACCESS_KEY = "wrong";
    const { code, output } = await run("deploy", ...HUB);
    expect([code, output]).toEqual([1, expect.stringContaining("InvalidSignatureException")]);
  });

  it.each([
    ["a region", { AWS_REGION: "" }, "Expected a region: pass --region"],
    [
      "credentials",
      { AWS_ACCESS_KEY_ID: "", AWS_EC2_METADATA_DISABLED: "true" },
      "Expected AWS credentials: set AWS_ACCESS_KEY_ID",
    ],
  ])("says how to set %s if it is missing", async (_, settings, message) => {
    await start();
    Object.assign(process.env, settings, { AWS_CONFIG_FILE: folder, AWS_SHARED_CREDENTIALS_FILE: folder });
    expect(await run("status", "--name", "reranker")).toMatchObject({
      code: 2,
      output: expect.stringContaining(message),
    });
  });
});
