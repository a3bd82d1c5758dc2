import { describe, expect, it } from "@jest/globals";
import { UnknownOptionError } from "@secondpass/core";
import {
  compareRankings,
  comparisonAsHtml,
  comparisonAsJson,
  comparisonAsMarkdown,
  comparisonAsText,
} from "../../src/index.js";
import { findsAt, someQuestions } from "../comparison/some-questions.js";
import { HOSTILE, hostileComparison } from "./hostile-comparison.js";

const comparison = compareRankings({
  questions: [...someQuestions(7), { ...someQuestions(8)[7]!, origin: "heading" }],
  pipelines: {
    dense: () => findsAt((i) => (i === 6 ? 1 : 3)),
    "hybrid + rerank": () => findsAt((i) => (i === 6 ? 11 : 1)),
  },
  measures: ["mrr@10"],
});

describe("comparisonAsText", () => {
  it("aligns the tables", async () => {
    const text = comparisonAsText(await comparison).replace(/ +\d+\.\d(?= |\n)/g, "");
    const [means, sentences, ranks] = text.split("\n\n");
    expect(means).toContain("dense (baseline)   0.417");
    expect(means).toContain("hybrid + rerank    0.875");
    expect(sentences).toContain('"hybrid + rerank" against "dense": +0.458 mrr@10');
    expect(sentences).toContain("1 of 8 questions were made from headings.");
    expect(ranks).toMatch(/question 0 +3 +1\n/);
    expect(ranks).toMatch(/question 6 +1 +–\n/);
  });

  it("has no control characters", async () => {
    expect(comparisonAsText(await hostileComparison())).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  });
});

describe("comparisonAsMarkdown", () => {
  it("is two tables and a list", async () => {
    const lines = comparisonAsMarkdown(await comparison).split("\n");
    expect(lines[0]).toBe("| pipeline | mrr@10 | median ms | 95 % ms |");
    expect(lines[1]).toBe("|---|---:|---:|---:|");
    expect(lines).toContain("| question 6 | 1 | – |");
  });

  it("keeps hostile texts inside their cells", async () => {
    const markdown = comparisonAsMarkdown(await hostileComparison());
    for (const line of markdown.split("\n").filter((line) => line.startsWith("| "))) {
      expect(line.replace(/\\\|/g, "").match(/\|/g)!.length).toBeLessThanOrEqual(8);
    }
    expect(markdown).not.toMatch(/(?<!\\)[<[`]/);
  });
});

describe("comparisonAsJson", () => {
  it("is the comparison", async () => {
    expect(JSON.parse(comparisonAsJson(await comparison))).toEqual(await comparison);
  });
});

describe("comparisonAsHtml", () => {
  it("shows what moved and where it lost", async () => {
    const html = comparisonAsHtml(await comparison, { title: "Ours" });
    expect(html).toContain("<h1>Ours</h1>");
    expect(html).toContain("higher up for 7 questions and further down for 1");
    expect(html).toContain('<td class="loss">▼ –</td>');
    expect(html).toContain("rank 1, then not found");
    expect(html).toContain('<span class="made">from a heading</span>');
    expect(html.match(/<svg /g)).toHaveLength(2);
  });

  it("loads nothing, runs nothing, and has only its own style", async () => {
    const html = comparisonAsHtml(await comparison);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\sstyle=|\son\w+=|src=|href=|url\(/i);
    expect(html).toMatch(/content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]+=*'/);
    expect(html).not.toMatch(/NaN|undefined|\[object/);
  });

  it("is accessible: language, headings, captions and names for pictures", async () => {
    const html = comparisonAsHtml(await comparison);
    expect(html).toContain('<html lang="en">');
    for (const [svg] of html.matchAll(/<svg [^>]*>/g)) expect(svg).toMatch(/role="img" aria-label="[^"]+"/);
    expect(html.match(/<table>/g)!.length).toBe(html.match(/<caption>/g)!.length);
    expect(html).toContain("prefers-color-scheme: dark");
  });

  it("escapes hostile texts wherever they are", async () => {
    const html = comparisonAsHtml(await hostileComparison(), { title: HOSTILE });
    const tags = new Set(Array.from(html.matchAll(/<([a-z][a-z0-9]*)/gi), ([, name]) => name));
    for (const tag of ["script", "img"]) expect(tags).not.toContain(tag);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).not.toMatch(/[^\P{Cc}\n]|\p{Surrogate}/u);
    expect(html).toContain("&lt;script&gt;");
  });

  it("throws for an unknown option", async () => {
    const found = await comparison;
    expect(() => comparisonAsHtml(found, { heading: "x" } as never)).toThrow(UnknownOptionError);
  });
});
