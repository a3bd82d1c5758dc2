import type { Steps } from "../steps/steps.js";
import type { TextPattern } from "./text-pattern.js";

/** Longest text, in UTF-16 units, whose matches V8 replaces in one call. */
const SHORT = 4096;
/** Matches that are replaced between two pauses. */
const STEP = 256;

/** Replaces every match of a pattern by one text. */
export function* replaceMatches(text: string, pattern: TextPattern, content: string): Steps<string> {
  if (text === "") return "";
  if (pattern.regExp && text.length <= SHORT) return text.replace(pattern.regExp, () => content);
  const search = pattern.search(text);
  let result = "";
  let done = 0;
  let steps = 0;
  for (let found = search.next(); found !== "done"; found = search.next()) {
    if (found === "paused" || ++steps % STEP === 0) yield;
    if (found === "paused") continue;
    result += text.slice(done, search.start) + content;
    done = search.end;
  }
  return result + text.slice(done);
}
