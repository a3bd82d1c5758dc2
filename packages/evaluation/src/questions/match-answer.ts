import type { DocumentInterface } from "@langchain/core/documents";
import { checkText } from "@secondpass/core";
import type { RightAnswer } from "./evaluation-question.js";

/** Decides whether a document that was found is or contains an answer. */
export type AnswerMatch = (document: DocumentInterface, answer: RightAnswer) => boolean;

/** Shortest run of text that counts as shared; shorter ones occur anywhere. */
const MIN_RUN = 20;

/**
 * Whether a document is the right one: its `metadata.source` is the answer's source or ends with it, and it shares the answer's passage.
 * A document shares the passage if it contains it, is contained in it, or overlaps it: the end of one is the beginning of the other. The shared run must have
 * at least 20 characters and half of the shorter text. So chunks may be smaller than a passage, or cut it. White space and case are ignored.
 * @param sourceKey metadata field with the file's name
 * @throws {InvalidOptionError} if it is not a string
 */
export function matchAnswer(sourceKey: string): AnswerMatch {
  checkText(sourceKey, "sourceKey");
  // Each document is compared with each answer of a question: normalise both once.
  const normalised = new WeakMap<object, string>();
  const textOf = (owner: object, text: string) => {
    const found = normalised.get(owner) ?? normalise(text);
    normalised.set(owner, found);
    return found;
  };
  return (document, answer) => {
    const { passage, source } = answer;
    return (
      (source === undefined || isSource(document.metadata?.[sourceKey], source)) &&
      (passage === undefined ||
        sharesPassage(textOf(document, document.pageContent), textOf(answer, passage)))
    );
  };
}

function isSource(found: unknown, wanted: string): boolean {
  if (typeof found !== "string") return false;
  const [path, end] = [withSlashes(found), withSlashes(wanted)];
  return path === end || path.endsWith(`/${end}`);
}

const withSlashes = (path: string) =>
  path
    .trim()
    .replaceAll("\\", "/")
    .replace(/^(\.\/)+/, "");

const normalise = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

function sharesPassage(text: string, passage: string): boolean {
  if (passage === "" || text === "") return false;
  if (text.includes(passage)) return true;
  const least = Math.max(MIN_RUN, Math.min(text.length, passage.length) / 2);
  if (text.length >= MIN_RUN && passage.includes(text)) return true;
  return overlap(text, passage) >= least || overlap(passage, text) >= least;
}

/** Length of the longest end of `a` that is a beginning of `whole`, by Knuth, Morris and Pratt. */
function overlap(a: string, whole: string): number {
  const b = whole.slice(0, a.length);
  const failure = new Int32Array(b.length);
  for (let i = 1, length = 0; i < b.length; i++) {
    while (length > 0 && b[i] !== b[length]) length = failure[length - 1]!;
    if (b[i] === b[length]) length++;
    failure[i] = length;
  }
  let length = 0;
  for (let i = Math.max(0, a.length - b.length); i < a.length; i++) {
    while (length > 0 && (length === b.length || a[i] !== b[length])) length = failure[length - 1]!;
    if (a[i] === b[length]) length++;
  }
  return length;
}
