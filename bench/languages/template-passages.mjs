import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MIN_PASSAGE = 60;

/**
 * Questions of Debian's installer, for a language without a manual: the short text is the question, and its explanation the passage.
 * @param {string} folder with files of debconf templates, in folders of any depth
 * @param {string} language such as "th"
 * @returns {{ id: string, text: string, heading: string, section: number }[]} as `manualPassages`
 */
export function templatePassages(folder, language) {
  const explained = new Map();
  const field = new RegExp(`^Description-${language}\\b[^:]*: (.*)\\n((?: .*\\n)*)`, "m");
  for (const file of readdirSync(folder, { recursive: true }).sort()) {
    if (!/(?:^|[./])templates$/.test(file)) continue;
    for (const block of readFileSync(join(folder, file), "utf8").split("\n\n")) {
      const [, question, explanation] = field.exec(`${block}\n`) ?? [];
      const text = explanation?.replace(/\s+\.?\s*/g, " ").trim() ?? "";
      if (text.length > MIN_PASSAGE) explained.set(question, text);
    }
  }
  return [...explained].map(([heading, text], section) => ({ id: `p${section}`, text, heading, section }));
}
