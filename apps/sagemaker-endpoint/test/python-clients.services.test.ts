import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { STAND_IN_CREDENTIALS, STAND_IN_REGION } from "@secondpass/test-kit/sagemaker";
import { startRealEndpoint } from "./real-endpoint.js";

/** Python with boto3 and LangChain: scripts/services/python.mjs installs it. */
const PYTHON = process.env.SECONDPASS_PYTHON ?? "python3";

const QUERY = "how tall is the mountain?";
const PAIRS = [
  [QUERY, "It is 4806 metres high."],
  [QUERY, "The lake is deep and cold."],
  [QUERY, `Überlänge: ${"mountains and lakes ".repeat(40)}`],
  ["wie hoch ist der Berg?", ""],
] as const;

/** Largest difference of a logit between one forward pass and another: float32's rounding. */
const SAME_LOGIT = 1e-5;

/** Runs the Python clients against an endpoint, in a separate process, so that this one can answer. */
function askFromPython(url: string): Promise<Record<"boto3" | "langchain", number[]>> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: url,
    AWS_ACCESS_KEY_ID: STAND_IN_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: STAND_IN_CREDENTIALS.secretAccessKey,
    AWS_DEFAULT_REGION: STAND_IN_REGION,
  };
  return new Promise((resolve, reject) => {
    const script = join(__dirname, "python-clients.py");
    const child = execFile(PYTHON, [script], { env }, (error, stdout) => {
      if (error) reject(error);
      else resolve(JSON.parse(stdout));
    });
    child.stdin?.end(JSON.stringify(PAIRS));
  });
}

describe("Python's clients of an endpoint", () => {
  it.each(["boto3", "langchain"] as const)(
    "get the same scores as our client: %s",
    async (client) => {
      const endpoint = await startRealEndpoint();
      try {
        const ours = await endpoint.crossEncoder().score(PAIRS.map(([query, text]) => [query, text]));
        const theirs = (await askFromPython(endpoint.front.url))[client];
        expect(theirs).toHaveLength(ours.length);
        theirs.forEach((score, index) => {
          expect(Math.abs(score - (ours[index] as number))).toBeLessThan(SAME_LOGIT);
        });
      } finally {
        await endpoint.close();
      }
    },
    120_000,
  );
});
