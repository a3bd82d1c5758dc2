import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Largest number of letters in a passage; sections are cut between paragraphs. */
const MAX_PASSAGE = 600;
const MIN_PASSAGE = 60;

/** Folders of a language's manuals, below the folder of the unpacked packages. */
export const MANUALS = {
  ko: ["installation-guide-amd64/ko", "debian-handbook/html/ko-KR", "debian/FAQ/ko"],
  ja: ["installation-guide-amd64/ja", "debian-handbook/html/ja-JP", "debian/FAQ/ja"],
  zh: ["installation-guide-amd64/zh_CN", "debian-handbook/html/zh-CN", "debian/FAQ/zh-cn"],
  ru: ["installation-guide-amd64/ru", "debian-handbook/html/ru-RU", "debian/FAQ/ru"],
  en: ["installation-guide-amd64/en", "debian-handbook/html/en-US"],
};

/** Letters of the languages' scripts. Parts of the manuals are not translated: those passages are left out. */
const SCRIPTS = {
  ko: /\p{Script=Hangul}/gu,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  zh: /\p{Script=Han}/gu,
  ru: /\p{Script=Cyrillic}/gu,
  th: /\p{Script=Thai}/gu,
  en: /[a-z]/giu,
};

/**
 * Passages of Debian's manuals in a language, each with the heading above it, which is not part of its text.
 * @param {string} folder where the packages were unpacked
 * @param {keyof typeof MANUALS} language
 * @returns {{ id: string, text: string, heading: string, section: number }[]}
 */
export function manualPassages(folder, language) {
  const passages = [];
  let section = 0;
  for (const manual of MANUALS[language]) {
    const path = join(folder, "usr/share/doc", manual);
    for (const file of readdirSync(path)
      .filter((name) => /\.html?$/.test(name))
      .sort()) {
      for (const { heading, paragraphs } of sectionsOf(readFileSync(join(path, file), "utf8"))) {
        section++;
        for (const text of joined(paragraphs)) {
          if (text.length < MIN_PASSAGE || !isWritten(text, language)) continue;
          passages.push({ id: `p${passages.length}`, text, heading, section });
        }
      }
    }
  }
  return passages;
}

/** Whether a third of a text's letters are of the language's script. */
export function isWritten(text, language) {
  return (text.match(SCRIPTS[language])?.length ?? 0) * 3 >= (text.match(/\p{L}/gu)?.length ?? 0);
}

/** Headings, and the paragraphs under each. */
function* sectionsOf(html) {
  const body = html
    .replace(/<(script|style|head|pre)\b[\s\S]*?<\/\1>/g, " ")
    .replace(/<div class="(?:navheader|navfooter|toc)"[\s\S]*?(?:<hr\s*\/?>|<\/dl>)\s*<\/div>/g, " ");
  const [, ...parts] = body.split(/<h[1-5]\b[^>]*>/);
  for (const part of parts) {
    const [heading, rest = ""] = part.split(/<\/h[1-5]>/);
    const paragraphs = [...rest.matchAll(/<p\b[^>]*>([\s\S]*?)<\/p>/g)].map(([, inner]) => plain(inner));
    yield { heading: plain(heading).replace(/^[\dA-Z]{1,2}(?:\.\d+)*\.?\s+/, ""), paragraphs };
  }
}

function* joined(paragraphs) {
  let text = "";
  for (const paragraph of paragraphs) {
    if (text !== "" && text.length + paragraph.length > MAX_PASSAGE) {
      yield text;
      text = "";
    }
    text = text === "" ? paragraph : `${text}\n${paragraph}`;
  }
  if (text !== "") yield text;
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", apos: "'" };

function plain(html) {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&#(x?)([\da-f]+);/gi, (_, hex, code) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    )
    .replace(/&(\w+);/g, (entity, name) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, " ")
    .trim();
}
