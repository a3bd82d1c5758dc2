import type { AnswerPassage } from "../api.js";
import type { AnswerState } from "../use-answer.js";
import { Board } from "./board.js";
import { Intro } from "./intro.js";
import { Notice } from "./notice.js";

/** The result of a question: the answer, the problem, or what to do next. */
export function Results({
  hasTexts,
  question,
  first,
  second,
  isBusy,
  onOpen,
}: {
  readonly hasTexts: boolean;
  /** "" if there is none yet. */
  readonly question: string;
  readonly first: AnswerState;
  readonly second: AnswerState | undefined;
  readonly isBusy: boolean;
  readonly onOpen: (passage: AnswerPassage, collection: string) => void;
}) {
  const error = first.error ?? second?.error;
  const warnings = [...new Set([...(first.answer?.warnings ?? []), ...(second?.answer?.warnings ?? [])])];
  const isComplete = first.answer && first.settings && (second === undefined || second.answer);
  return (
    <>
      <p class="visually-hidden" role="status">
        {isBusy ? "" : summaryOf(first)}
      </p>
      {error && <Notice isProblem>{error.message}</Notice>}
      {warnings.map((warning) => (
        <Notice key={warning}>{warning}</Notice>
      ))}
      {isBusy && (
        <p class="slow quiet">
          Still working. A model that is used for the first time is loaded, or downloaded: the terminal shows
          how far it is.
        </p>
      )}
      {isComplete && !isBusy && first.answer?.question !== question && (
        <p class="notice">What follows is the answer to “{first.answer?.question}”.</p>
      )}
      {isComplete ? (
        <Board
          side={{ answer: first.answer!, settings: first.settings! }}
          other={second && { answer: second.answer!, settings: second.settings! }}
          isBusy={isBusy}
          onOpen={onOpen}
        />
      ) : isBusy ? (
        <Waiting />
      ) : (
        question === "" && <Intro hasTexts={hasTexts} />
      )}
    </>
  );
}

/** Placeholder for the answer. */
function Waiting() {
  const blocks = (count: number) => Array.from({ length: count }, (_, i) => <span key={i} />);
  return (
    <div class="waiting" aria-hidden="true">
      <div>{blocks(7)}</div>
      <div class="large">{blocks(3)}</div>
    </div>
  );
}

function summaryOf({ answer }: AnswerState): string {
  if (answer === undefined) return "";
  const best = answer.passages.filter(({ place }) => place !== undefined);
  const top = best.find(({ place }) => place === 1);
  if (top === undefined) return "Nothing was found.";
  return `${best.length} of ${answer.passages.length} passages in ${answer.milliseconds.total} ms. The best is in ${top.source}, line ${top.lines.from}.`;
}
