import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { toyReranker } from "@secondpass/test-kit";
import { type RerankServer, voyage } from "../../src/index.js";
import type { OpenapiDocument } from "../../src/openapi/openapi-document.js";
import { startServer } from "../start-server.js";

let server: RerankServer;
beforeAll(async () => {
  server = await startServer(toyReranker());
});
afterAll(() => server.close());

const documentOf = async ({ url }: RerankServer) =>
  (await (await fetch(`${url}/openapi.json`)).json()) as OpenapiDocument;

describe("the OpenAPI document", () => {
  it("has every path of every protocol, and names each operation once", async () => {
    const { openapi, paths } = await documentOf(server);
    expect(openapi).toBe("3.1.0");
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.sort()).toEqual(
      [
        ...["/rerank", "/predict", "/embed", "/similarity", "/tokenize", "/decode", "/score", "/"],
        ...["/v1/rerank", "/v2/rerank", "/v1/v2/rerank", "/reranking", "/v1/reranking", "/v1/score"],
        ...["/embeddings", "/v1/embeddings", "/invocations"],
      ]
        .map((path) => `POST ${path}`)
        .concat(
          [
            "/",
            "/health",
            "/ping",
            "/ready",
            "/live",
            "/info",
            "/models",
            "/v1/models",
            "/v1/models/{model}",
          ].map((path) => `GET ${path}`),
        )
        .sort(),
    );
    const ids = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map((each) => each.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has only the paths of the protocols that a server speaks", async () => {
    const own = await startServer(toyReranker(), { protocols: [voyage] });
    const posts = Object.entries((await documentOf(own)).paths).filter(([, { post }]) => post !== undefined);
    expect(posts.map(([path]) => path)).toEqual(["/v1/rerank", "/v1/embeddings"]);
    await own.close();
  });
});

describe("the page for people", () => {
  it("names every path and loads nothing", async () => {
    const response = await fetch(`${server.url}/docs`);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const page = await response.text();
    for (const path of Object.keys((await documentOf(server)).paths))
      expect(page).toContain(`<code>${path}</code>`);
    expect(page).not.toMatch(/<script|<img|<link|src=|@import|url\(|https?:/);
  });
});
