import { describe, expect, it } from "@jest/globals";
import { serverMessage } from "../../src/http/server-message.js";

describe("serverMessage", () => {
  it.each<[string, unknown, string | undefined]>([
    ["Cohere", { id: "1", message: "invalid api token" }, "invalid api token"],
    ["Jina and Voyage", { detail: "Model not found." }, "Model not found."],
    [
      "TEI",
      { error: "batch size 64 > maximum allowed batch size 32", error_type: "Validation" },
      "batch size 64 > maximum allowed batch size 32",
    ],
    [
      "OpenAI, vLLM, Infinity",
      { error: { message: "no such model", type: "NotFound", param: null, code: 404 } },
      "no such model",
    ],
    ["vLLM without a key", { error: "Unauthorized" }, "Unauthorized"],
    ["all in one", { message: "m", detail: "m", error: "m", error_type: "t" }, "m"],
    [
      "FastAPI",
      {
        detail: [
          { loc: ["body", "query"], msg: "Field required", type: "missing" },
          { loc: ["body", "documents", 0], msg: "not a text" },
        ],
      },
      "body.query: Field required; body.documents.0: not a text",
    ],
    [
      "fastify",
      { statusCode: 400, error: "Bad Request", message: "body must be object" },
      "body must be object",
    ],
    ["RFC 9457", { type: "about:blank", title: "Forbidden", status: 403 }, "Forbidden"],
    ["a list of errors", { errors: [{ message: "one" }, "two"] }, "one; two"],
    ["a null before a text", { message: null, detail: "d" }, "d"],
    ["a JSON text", "no", "no"],
    ["an object of other keys", { reason: 7 }, '{"reason":7}'],
    ["an empty object", {}, "{}"],
  ])("finds the message of %s", (_, body, message) => {
    expect(serverMessage(JSON.stringify(body))).toBe(message);
  });

  it.each([
    ["plain text", " Failed to parse the request body\n", "Failed to parse the request body"],
    [
      "a page's title",
      "<!doctype html><html><head><title>502 Bad Gateway</title></head><body>x</body>",
      "502 Bad Gateway",
    ],
    ["a page's text", "<h1>Not&nbsp;here</h1>", "Not&nbsp;here"],
    ["JSON that is cut", '{"message": "no', '{"message": "no'],
    ["nothing", " ", undefined],
  ])("reads %s", (_, body, message) => {
    expect(serverMessage(body)).toBe(message);
  });

  it("is not slower for hostile bodies", () => {
    for (const body of [
      "<".repeat(60_000),
      "<title".repeat(10_000),
      "[".repeat(60_000),
      '{"error":'.repeat(7_000),
    ]) {
      serverMessage(body);
    }
    expect(serverMessage(`${'{"error":'.repeat(5000)}"deep"${"}".repeat(5000)}`)).toContain('{"error"');
  });
});
