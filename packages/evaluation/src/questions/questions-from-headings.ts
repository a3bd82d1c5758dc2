import type { DocumentInterface } from "@langchain/core/documents";
import { checkCount, checkDocuments, checkKnownOptions, checkText } from "@secondpass/core";
import type { EvaluationQuestion } from "./evaluation-question.js";

/** Settings of {@link questionsFromHeadings}. */
export interface QuestionsFromHeadingsOptions {
  /** Maximum number of questions, spread evenly over the documents. Minimum 1. @default 50 */
  readonly max?: number;
  /** Metadata field with the file's name. @default "source" */
  readonly sourceKey?: string;
}

/** Shortest passage of a question; shorter ones may occur anywhere. */
const MIN_PASSAGE = 40;

const HEADING = /^ {0,3}#{1,6}(?=[ \t])/;
const FENCE = /^ {0,3}(```|~~~)/;

/**
 * Makes questions from the headings of Markdown documents: the heading is the question, the first paragraph below it the answer. For users who have no
 * questions yet. They are marked with `origin: "heading"`, since they are easier than real ones: headings share words with the text below.
 * Headings of one word, and those that occur twice, are left out.
 *
 * @param documents whole files, not chunks
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 */
export function questionsFromHeadings(
  documents: readonly DocumentInterface[],
  options: QuestionsFromHeadingsOptions = {},
): EvaluationQuestion[] {
  checkKnownOptions(options, ["max", "sourceKey"], "questionsFromHeadings");
  checkDocuments(documents);
  const max = checkCount("max", options.max ?? 50);
  const sourceKey = checkText(options.sourceKey ?? "source", "sourceKey");
  const found = documents.flatMap(({ pageContent, metadata }) => {
    const source: unknown = metadata?.[sourceKey];
    return sectionsOf(pageContent).map(({ heading, passage }) => ({
      question: heading,
      answers: [{ passage, ...(typeof source === "string" && source.trim() !== "" && { source }) }],
      origin: "heading" as const,
    }));
  });
  const times = new Map<string, number>();
  for (const { question } of found) times.set(question, (times.get(question) ?? 0) + 1);
  const usable = found.filter(({ question }) => /\s/.test(question) && times.get(question) === 1);
  const step = Math.max(1, usable.length / max);
  return Array.from(
    { length: Math.min(usable.length, max) },
    (_, i) => usable[Math.floor(i * step)] as EvaluationQuestion,
  );
}

/** Headings, each with the first paragraph below it. */
function sectionsOf(text: string): { readonly heading: string; readonly passage: string }[] {
  const sections: { heading: string; passage: string }[] = [];
  let heading: string | undefined;
  let paragraph: string[] = [];
  let fence: string | undefined;
  const end = () => {
    const passage = paragraph.join("\n").trim();
    paragraph = [];
    if (heading === undefined || passage.length < MIN_PASSAGE) return;
    sections.push({ heading, passage });
    heading = undefined;
  };
  for (const line of text.split(/\r?\n/)) {
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark)) {
      fence = fence === undefined ? mark : undefined;
      end();
      continue;
    }
    if (fence !== undefined) continue;
    const next = headingOf(line);
    if (next !== undefined || line.trim() === "") end();
    if (next !== undefined) heading = next;
    else if (line.trim() !== "") paragraph.push(line);
  }
  end();
  return sections;
}

/** The text of a heading, without the marks around it; undefined if the line is not a heading. */
function headingOf(line: string): string | undefined {
  const marks = HEADING.exec(line)?.[0];
  if (marks === undefined) return undefined;
  const text = line.slice(marks.length).trim();
  let end = text.length;
  while (end > 0 && text[end - 1] === "#") end--;
  // Marks at the end do not belong to the heading if a space is before them.
  return end === 0 || /\s/.test(text[end - 1]!) ? text.slice(0, end).trim() || undefined : text;
}
