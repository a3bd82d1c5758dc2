import { describe, expect, it } from "@jest/globals";
import { endpointUrl } from "../../src/http/endpoint-url.js";

describe("endpointUrl", () => {
  it.each([
    ["http://host", "/v2/rerank", "http://host/v2/rerank"],
    ["http://host/", "/rerank", "http://host/rerank"],
    ["http://host:8080//", "/v1/rerank", "http://host:8080/v1/rerank"],
    ["https://host/v1", "/v1/rerank", "https://host/v1/rerank"],
    ["https://host/v1/", "/v2/rerank", "https://host/v1/rerank"],
    ["https://host/v1", "/rerank", "https://host/v1/rerank"],
    ["https://host/proxy/cohere", "/v2/rerank", "https://host/proxy/cohere/v2/rerank"],
    ["https://host/v2/rerank", "/v2/rerank", "https://host/v2/rerank"],
    ["https://host/rerank/", "/v2/rerank", "https://host/rerank/"],
    ["https://host/v1/reranking", "/v1/rerank", "https://host/v1/reranking"],
    ["https://host/score", "/rerank", "https://host/score"],
    ["https://host/models/v1x", "/v1/rerank", "https://host/models/v1x/v1/rerank"],
    ["https://host/a%20b?version=2#part", "/rerank", "https://host/a%20b/rerank?version=2"],
    ["http://[::1]:80", "/rerank", "http://[::1]/rerank"],
  ])("%s with %s is %s", (url, path, expected) => {
    expect(endpointUrl(url, path).href).toBe(expected);
    expect(endpointUrl(new URL(url), path).href).toBe(expected);
  });

  it.each([
    ["https://host/any?a=b", "", "https://host/any?a=b"],
    ["https://host/rerank", "reranking", "https://host/rerank/reranking"],
    ["https://host/v1/", "/v1/score", "https://host/v1/v1/score"],
  ])("%s with the custom path %j is %s", (url, path, expected) => {
    expect(endpointUrl(url, "/v2/rerank", path).href).toBe(expected);
  });

  it.each(["", "localhost:8080", "/rerank", "ftp://host", "http://", undefined, null, 8080, {}])(
    "throws for %p",
    (url) => {
      expect(() => endpointUrl(url as string, "/rerank")).toThrow("Expected `url` to be an absolute address");
    },
  );

  it.each(["http://user:secret@host", "user:secret@host", "x//user:secret@host/", "secret?key=secret"])(
    "throws for %s without the secret",
    (url) => {
      let message = "";
      try {
        endpointUrl(url, "/rerank");
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain("Expected `url`");
      expect(message.replace(/^secret/, "")).not.toMatch(/:secret|=secret/);
    },
  );
});
