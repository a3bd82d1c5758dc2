import { Ajv2020 } from "ajv/dist/2020.js";
import type { OpenapiDocument } from "../src/openapi/openapi-document.js";

interface Described {
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
  readonly requestBody?: { readonly content: Content };
}
type Content = Readonly<Record<string, { readonly schema: object }>>;

/** Makes a checker that compares requests and answers with a server's own OpenAPI document. */
export async function answerChecker(url: string) {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenapiDocument;
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  ajv.addSchema(document.components.schemas.Error as object, "#/components/schemas/Error");
  const faults = (content: Content | undefined, value: unknown): string | undefined => {
    const schema = content?.["application/json"]?.schema;
    if (schema === undefined) return "Expected a schema of it in the document.";
    return ajv.validate(schema, value) ? undefined : ajv.errorsText();
  };
  const operation = (method: "get" | "post", path: string): Described =>
    document.paths[path]?.[method] as unknown as Described;
  return {
    document,
    /** Returns what the document does not allow in an answer; undefined if it is valid. */
    answerFaults: (method: "get" | "post", path: string, status: number, body: unknown) =>
      faults(operation(method, path).responses[String(status)]?.content, body),
    /** Returns what the document does not allow in a body; undefined if it is valid. */
    bodyFaults: (path: string, body: unknown) => faults(operation("post", path).requestBody?.content, body),
  };
}
