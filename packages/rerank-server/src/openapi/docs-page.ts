import type { OpenapiDocument, Operation } from "./openapi-document.js";

/** Makes a page for people that shows an OpenAPI document. It has no scripts and loads nothing. */
export function docsPage({ info, paths }: OpenapiDocument): string {
  const operations = Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    .map(({ path, method, operation }) => section(path, method, operation))
    .join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(info.title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
code, pre { font: 14px/1.4 ui-monospace, monospace; }
pre { overflow: auto; padding: 0.75rem; border: 1px solid #8886; border-radius: 4px; max-height: 24rem; }
summary { cursor: pointer; padding: 0.25rem 0; }
summary b { display: inline-block; width: 3.5rem; }
</style>
</head>
<body>
<h1>${escaped(info.title)}</h1>
<p>${escaped(info.description)} The same in <a href="openapi.json">OpenAPI 3.1</a>.</p>
${operations}
</body>
</html>
`;
}

function section(path: string, method: string, { summary, requestBody, responses }: Operation): string {
  const parts = [
    requestBody && `<p>Body</p>${schemaBlock(requestBody)}`,
    `<p>Answer</p>${schemaBlock(responses["200"] ?? {})}`,
    `<p>Otherwise: ${Object.keys(responses)
      .filter((status) => status !== "200")
      .map(escaped)
      .join(", ")}</p>`,
  ];
  const head = `<b>${escaped(method.toUpperCase())}</b> <code>${escaped(path)}</code> ${escaped(summary)}`;
  return `<details><summary>${head}</summary>${parts.filter(Boolean).join("\n")}</details>`;
}

function schemaBlock(part: object): string {
  return `<pre>${escaped(JSON.stringify(part, undefined, 2))}</pre>`;
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character] as string);
}
