import type { SearchAnswer } from "../corpus/search-corpus.js";
import { shownPath } from "../terminal/shown-path.js";

/** Writes an answer as one JSON document on a line. The guide describes its shape: fields may be added, but not renamed or removed. */
export function searchAsJson(answer: SearchAnswer): string {
  const { question, mode, isReranked, candidates, passages, milliseconds } = answer;
  const document = {
    question,
    mode,
    reranked: isReranked,
    candidates,
    passages: passages.map(
      ({
        place,
        placeBefore,
        score,
        firstPass,
        source,
        path,
        lines,
        startIndex,
        endIndex,
        text,
        sentences,
      }) => ({
        place,
        placeBefore,
        score,
        firstPass,
        file: shownPath(path),
        source,
        lines,
        startIndex,
        endIndex,
        text,
        sentences,
      }),
    ),
    milliseconds,
  };
  return `${JSON.stringify(document)}\n`;
}
