import { Parser } from "htmlparser2";
import { type CopiedPart, type LocatedText, locatedText } from "./located-text.js";

/** Elements whose text is not shown on the page. */
const SILENT = new Set([
  "script",
  "style",
  "template",
  "noscript",
  "svg",
  "math",
  "head",
  "iframe",
  "object",
]);
/** Elements that begin a paragraph. */
const PARAGRAPHS = new Set([
  ...[
    "address",
    "article",
    "aside",
    "blockquote",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
  ],
  ...[
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
  ],
]);
/** Elements that begin a line. */
const LINES = new Set(["br", "dd", "dt", "figcaption", "legend", "li", "option", "summary", "caption", "tr"]);
const CELLS = new Set(["td", "th"]);

/**
 * Extracts the text of an HTML page as a reader sees it: without tags, scripts and styles, runs of white space as one space, empty lines between paragraphs. The
 * title comes first.
 */
export function htmlText(source: string): LocatedText {
  const parts: CopiedPart[] = [];
  let text = "";
  let silent = 0;
  let inTitle = false;
  /** White space that comes before the next word. */
  let gap = "";
  const widen = (wider: string) => {
    if (wider.length > gap.length || (wider.includes("\n") && !gap.includes("\n"))) gap = wider;
  };
  const add = (words: string, sourceStart: number) => {
    if (text !== "") text += gap;
    gap = "";
    parts.push({ start: text.length, sourceStart });
    text += words;
  };
  const parser = new Parser(
    {
      onopentagname(name) {
        if (name === "title") inTitle = true;
        if (SILENT.has(name)) silent++;
        widen(gapOf(name));
      },
      onclosetag(name) {
        if (name === "title") inTitle = false;
        if (SILENT.has(name) && silent > 0) silent--;
        widen(name === "title" ? "\n\n" : gapOf(name));
      },
      ontext(data) {
        if (silent > 0 && !inTitle) return;
        // An entity is a separate text, whose length differs from its length in the source.
        let at = 0;
        for (const word of data.matchAll(/[^\s\u00a0]+/g)) {
          if (word.index > at || (at === 0 && word.index > 0)) widen(" ");
          add(word[0], Math.min(parser.startIndex + word.index, source.length));
          at = word.index + word[0].length;
        }
        if (at < data.length) widen(" ");
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(source);
  parser.end();
  return locatedText(text, parts);
}

function gapOf(name: string): string {
  if (PARAGRAPHS.has(name)) return "\n\n";
  if (LINES.has(name)) return "\n";
  return CELLS.has(name) ? " " : "";
}
