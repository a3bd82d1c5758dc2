import type { AskedPassage } from "../api.js";
import type { Move } from "../move.js";
import { reflow } from "../reflow.js";
import type { Scale } from "../scale.js";
import { MarkedText } from "./marked-text.js";
import { MoveBadge } from "./move-badge.js";
import { ScoreBar } from "./score-bar.js";

/** One of the best passages. */
export function PassageCard({
  passage,
  place,
  move,
  scale,
  scores,
  threshold,
  onOpen,
}: {
  readonly passage: AskedPassage;
  readonly place: number;
  /** Undefined where nothing has moved. */
  readonly move: Move | undefined;
  readonly scale: Scale;
  /** Of all candidates. */
  readonly scores: readonly number[];
  readonly threshold: number | undefined;
  readonly onOpen: () => void;
}) {
  const { source, lines, text, sentences = [], rerankScore, firstPass } = passage;
  return (
    <article>
      <header>
        <span class="place" aria-hidden="true">
          {place}
        </span>
        <h3>
          <button type="button" class="open" data-open onClick={onOpen}>
            <span class="visually-hidden">{place}. </span>
            {source}
            <span class="line">:{lines.from}</span>
          </button>
        </h3>
        {move && <MoveBadge move={move} />}
      </header>
      <p class="passage">
        <MarkedText text={reflow(text)} marks={sentences} />
      </p>
      <ScoreBar
        label={rerankScore === undefined ? "first pass" : "score"}
        score={rerankScore ?? firstPass.score}
        scale={scale}
        others={scores}
        threshold={threshold}
      />
    </article>
  );
}
