/** About a page. Longer texts are two decisions, or have measurements, which belong in bench/results. */
const MAX_WORDS = 670;
const SECTIONS = ["Context", "Decision", "Consequences"];
/** May be there, before the consequences. */
const OPTIONAL = "Alternatives";
const FORM =
  /^# (.+)\n\n- \*\*Date\*\*: (\d{4}-\d\d-\d\d)\n- \*\*Status\*\*: (.+)\n(?:- \*\*\w+\*\*: .+\n)*\n## /;

/**
 * Title, date and status of a decision, and how its page differs from the form.
 * @param {string} name of the file: "0012-a-title.md"
 * @param {string} text
 * @returns {{ name: string, number: string, title: string, date: string, status: string, faults: string[] }}
 */
export function readDecision(name, text) {
  const faults = [];
  const expect = (isRight, expected) => {
    if (!isRight) faults.push(`docs/decisions/${name}: expected ${expected}.`);
  };
  const number = /^\d{4}(?=-)/.exec(name)?.[0] ?? "";
  expect(number !== "", "a name such as 0012-a-title.md");
  const [, title = "", date = "", status = ""] = FORM.exec(text) ?? [];
  expect(
    title !== "",
    '"# Title", then "- **Date**: YYYY-MM-DD" and "- **Status**: …" on separate lines, then a section',
  );
  expect(!/^\d/.test(title), "a title without the number, which the file's name has");
  const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  const last = sections.indexOf(OPTIONAL) < sections.indexOf("Consequences");
  expect(
    last && sections.filter((heading) => heading !== OPTIONAL).join() === SECTIONS.join(),
    `the sections ${SECTIONS.join(", ")}, and perhaps ${OPTIONAL} before the last, got ${sections.join(", ") || "none"}`,
  );
  const words = text.split(/\s+/).length;
  expect(words <= MAX_WORDS, `at most ${MAX_WORDS} words, got ${words}; figures belong into bench/results`);
  return { name, number, title, date, status, faults };
}
