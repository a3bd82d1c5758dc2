import type { AnswerPassage } from "../api.js";
import type { Move } from "../move.js";
import type { Scale } from "../scale.js";
import { PassageText } from "../text/passage-text.js";
import { MoveBadge } from "./move-badge.js";
import { ScoreBar } from "./score-bar.js";
import { SourceName } from "./source-name.js";

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
  readonly passage: AnswerPassage;
  readonly place: number;
  /** Undefined if there is no other order to compare with. */
  readonly move: Move | undefined;
  readonly scale: Scale;
  /** Scores of all candidates. */
  readonly scores: readonly number[];
  readonly threshold: number | undefined;
  readonly onOpen: () => void;
}) {
  const { rerankScore, firstPass } = passage;
  return (
    <article>
      <header>
        <span class="place" aria-hidden="true">
          {place}
        </span>
        <h3>
          <button type="button" class="open" data-open onClick={onOpen}>
            <span class="visually-hidden">{place}. </span>
            <SourceName passage={passage} />
          </button>
        </h3>
        {move && <MoveBadge move={move} />}
      </header>
      <PassageText passage={passage} />
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
