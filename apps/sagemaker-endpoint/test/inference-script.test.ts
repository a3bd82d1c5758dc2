import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { post } from "@secondpass/test-kit";
import { type RealEndpoint, startRealEndpoint } from "./real-endpoint.js";

// Loading a model and starting worker threads takes seconds on a busy machine.
jest.setTimeout(60_000);

/** Answers of our inference.py inside AWS's own toolkit, with PyTorch, on the same models. */
const GOLDEN = JSON.parse(readFileSync(join(__dirname, "goldens/inference-script.json"), "utf8")) as {
  /** Folder of the models, from the repository's root. */
  readonly models: string;
  readonly cases: readonly {
    readonly name: string;
    readonly model: string;
    readonly contentType: string;
    readonly body: unknown;
    readonly status: number;
    readonly answer?: { readonly scores: readonly number[] };
  }[];
};

/** Largest difference of a logit between PyTorch's and ONNX Runtime's float32; worst seen 6.3e-7 on these models. */
const TOLERANCE = 1e-5;

const MODELS = [...new Set(GOLDEN.cases.map(({ model }) => model))];

describe.each(MODELS)("the server compared with inference.py in a Hugging Face container, %s", (model) => {
  const cases = GOLDEN.cases.filter((one) => one.model === model);
  const rejected = cases.filter(({ status }) => status !== 200);
  let endpoint: RealEndpoint;
  beforeAll(async () => {
    endpoint = await startRealEndpoint({ model: join(__dirname, "../../..", GOLDEN.models, model) });
  });
  afterAll(() => endpoint.close());

  it.each(cases.filter(({ status }) => status === 200))(
    "returns PyTorch's scores: $name",
    async ({ body, answer }) => {
      const { scores } = (await post(endpoint.container, body)).body as { scores: number[] };
      expect(scores).toHaveLength(answer?.scores.length ?? -1);
      scores.forEach((score, index) => {
        expect(Math.abs(score - (answer?.scores[index] ?? Number.NaN))).toBeLessThan(TOLERANCE);
      });
    },
  );

  if (rejected.length === 0) return;
  it.each(rejected)("rejects what the script rejects: $name", async ({ body, contentType, status }) => {
    const answer = await post(endpoint.container, body, { headers: { "content-type": contentType } });
    // The script answers only 400; the server distinguishes unreadable from unsupported. One body that the script rejects is a valid payload here.
    expect(status).toBe(400);
    expect([200, 415, 422]).toContain(answer.status);
  });
});
