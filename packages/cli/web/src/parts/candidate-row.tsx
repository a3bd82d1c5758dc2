import type { AskedPassage } from "../api.js";
import { ordinal } from "../move.js";
import { shownScore } from "../scale.js";

/** A passage of the first pass, on two lines. */
export function CandidateRow({
  passage,
  onOpen,
}: {
  readonly passage: AskedPassage;
  readonly onOpen: () => void;
}) {
  const { placeBefore, place, source, lines, text, firstPass, rerankScore } = passage;
  const { similarity, bm25Score, score } = firstPass;
  return (
    <button type="button" class="row" data-open onClick={onOpen}>
      <span class="place">{placeBefore}</span>
      <span class="what">
        <span class="where">
          {source}
          <span class="line">:{lines.from}</span>
        </span>
        <span class="snippet">{text.replaceAll(/\s+/g, " ").slice(0, 160)}</span>
      </span>
      <span class="numbers">
        {similarity !== undefined && (
          <span title="Cosine of the question's and the passage's vectors">
            meaning {shownScore(similarity)}
          </span>
        )}
        {bm25Score !== undefined && (
          <span title="BM25: words of the question in the passage">words {shownScore(bm25Score)}</span>
        )}
        {similarity === undefined && bm25Score === undefined && <span>{shownScore(score)}</span>}
        {rerankScore !== undefined && (
          <span class="second" title="The reranker's score">
            2nd pass {shownScore(rerankScore)}
          </span>
        )}
      </span>
      <span class={`target ${place === undefined ? "out" : "in"}`}>
        {place === undefined ? (
          <span class="visually-hidden">not among the best</span>
        ) : (
          `→ ${ordinal(place)}`
        )}
      </span>
    </button>
  );
}
