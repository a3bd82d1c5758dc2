import { useMemo } from "preact/hooks";
import type { AnswerPassage } from "../api.js";
import { ordinal } from "../move.js";
import { shownScore } from "../scale.js";
import { snippet } from "../text/snippet.js";
import { SourceName } from "./source-name.js";

/** A row for a passage of the first pass: its source, its beginning, its scores, and its place in the second pass. */
export function CandidateRow({
  passage,
  onOpen,
}: {
  readonly passage: AnswerPassage;
  readonly onOpen: () => void;
}) {
  const { placeBefore, place } = passage;
  const beginning = useMemo(() => snippet(passage), [passage]);
  return (
    <button type="button" class="row" data-open onClick={onOpen}>
      <span class="place">{placeBefore}</span>
      <span class="what">
        <SourceName passage={passage} />
        <span class="snippet">{beginning}</span>
      </span>
      <span class="numbers">
        {SCORES.map(({ label, of }) => {
          const score = of(passage);
          return (
            <span key={label} class={label === SECOND ? "second" : ""}>
              {score !== undefined && (
                <>
                  <span class="label">{label} </span>
                  {shownScore(score)}
                </>
              )}
            </span>
          );
        })}
      </span>
      <span class="target">
        {place === undefined ? (
          <span class="visually-hidden">not among the best</span>
        ) : (
          <>
            <span class="visually-hidden">in the second pass </span>
            <span aria-hidden="true">→ </span>
            {ordinal(place)}
          </>
        )}
      </span>
    </button>
  );
}

/** The names of the scores above the rows. Hidden from screen readers, because each row has labels, too. */
export function RowTitles() {
  return (
    <div class="row titles" aria-hidden="true">
      <span />
      <span />
      <span class="numbers">
        {SCORES.map(({ label, hint }) => (
          <span key={label} title={hint}>
            {label}
          </span>
        ))}
      </span>
      <span />
    </div>
  );
}

const SECOND = "2nd pass";

const SCORES: readonly {
  readonly label: string;
  readonly hint: string;
  readonly of: (passage: AnswerPassage) => number | undefined;
}[] = [
  {
    label: "meaning",
    hint: "Cosine of the question's and the passage's vectors",
    of: ({ firstPass }) => firstPass.similarity,
  },
  {
    label: "words",
    hint: "BM25: words of the question in the passage",
    of: ({ firstPass }) => firstPass.bm25Score,
  },
  { label: SECOND, hint: "The reranker's score", of: ({ rerankScore }) => rerankScore },
];
