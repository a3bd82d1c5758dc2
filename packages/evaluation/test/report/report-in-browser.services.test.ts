import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { browser, runInBrowser } from "@secondpass/test-kit/browser";
import { comparisonAsHtml } from "../../src/index.js";
import { HOSTILE, hostileComparison } from "./hostile-comparison.js";

/** Opens the report in a frame, as a separate page, and inspects it from outside. */
const SCRIPT = `
  const report = await (await fetch("/report")).blob();
  const frame = document.createElement("iframe");
  const violations = [];
  frame.src = URL.createObjectURL(new Blob([report], { type: "text/html" }));
  await new Promise((resolve) => {
    frame.onload = resolve;
    document.body.append(frame);
  });
  frame.contentDocument.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  const page = frame.contentDocument;
  for (const details of page.querySelectorAll("details")) details.open = true;
  await new Promise((resolve) => setTimeout(resolve, 200));
  const script = page.createElement("script");
  script.textContent = "parent.hacked = true";
  page.body.append(script);
  await new Promise((resolve) => setTimeout(resolve, 200));
  answer = {
    hacked: globalThis.hacked === true || frame.contentWindow.hacked === true,
    tags: [...new Set(Array.from(page.querySelectorAll("body *"), ({ localName }) => localName))].sort(),
    handlers: Array.from(page.querySelectorAll("*")).filter((element) => [...element.attributes].some(({ name }) => name.startsWith("on"))).length,
    question: page.querySelector("summary bdi").textContent,
    styled: frame.contentWindow.getComputedStyle(page.querySelector("main")).maxWidth,
    pictures: page.querySelectorAll("svg[role=img]").length,
    blocked: violations,
  };
`;

describe("the HTML report in a browser", () => {
  let html: string;
  beforeAll(async () => {
    html = comparisonAsHtml(await hostileComparison(), { title: HOSTILE });
  });

  it("shows hostile texts as texts, keeps its style, and lets no script run", async () => {
    const found = await runInBrowser(SCRIPT, { "/report": html });
    expect(found).toMatchObject({ hacked: false, handlers: 0, styled: "1024px", pictures: 2 });
    // The script that the test itself puts in is blocked by the report's policy.
    expect(found.blocked).toEqual(["script-src-elem"]);
    expect(found.question).toBe(HOSTILE.replace(/\p{Cc}|\p{Surrogate}/gu, "\ufffd"));
    expect(found.tags).not.toContain("img");
  }, 60_000);

  it("opens from a file without a message in the console", async () => {
    const folder = await mkdtemp(join(tmpdir(), "report-"));
    try {
      const path = join(folder, "report.html");
      await writeFile(path, html);
      const { output, errors } = await open(pathToFileURL(path).href, folder);
      expect(output).toContain("Where it lost");
      expect(errors.split("\n").filter((line) => line.includes("CONSOLE"))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }, 60_000);
});

/** A page's elements after it was loaded, and what the browser wrote to its log. */
async function open(url: string, profile: string): Promise<{ output: string; errors: string }> {
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
  ];
  const child = spawn(browser!, [
    ...flags,
    "--enable-logging=stderr",
    `--user-data-dir=${profile}/profile`,
    "--dump-dom",
    url,
  ]);
  const read = async (stream: AsyncIterable<Buffer>) => {
    let text = "";
    for await (const piece of stream) text += piece;
    return text;
  };
  const [output, errors] = await Promise.all([read(child.stdout), read(child.stderr)]);
  return { output, errors };
}
