import type { ComponentChildren } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { AnswerPassage, PageAnswer } from "../api.js";
import { type Move, moveOf } from "../move.js";
import { type Scale, scaleOf } from "../scale.js";
import { blendInWords, DEFAULTS, type Settings } from "../settings.js";
import { CandidateRow, RowTitles } from "./candidate-row.js";
import { Lines, type Link } from "./lines.js";
import { MoveMap } from "./move-map.js";
import { PassageCard } from "./passage-card.js";
import { Timings } from "./timings.js";

/** An answer with its settings. */
export interface Side {
  readonly answer: PageAnswer;
  readonly settings: Settings;
}

interface BoardProps {
  readonly side: Side;
  /** The answer to compare with; undefined to show both passes of `side`. */
  readonly other: Side | undefined;
  readonly isBusy: boolean;
  readonly onOpen: (passage: AnswerPassage, collection: string) => void;
}

/** Two orders side by side, and lines between them: first and second pass, or two second passes. */
export function Board({ side, other, isBusy, onOpen }: BoardProps) {
  const board = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<string>();
  const best = useMemo(() => bestOf(side.answer), [side.answer]);
  const otherBest = useMemo(() => other && bestOf(other.answer), [other?.answer]);
  const left = otherBest === undefined ? side.answer.passages : best;
  const right = otherBest ?? best;
  const links = useMemo(() => linksOf(left, right), [left, right]);
  const active = links.findIndex(({ left: i }) => keyOf(left[i]!) === pointed);
  const pointedLink = active < 0 ? undefined : active;
  const point = (passage: AnswerPassage) => ({
    class: pointed === keyOf(passage) ? "pointed" : "",
    onPointerEnter: () => setPointed(keyOf(passage)),
    onPointerLeave: () => setPointed(undefined),
    onFocusIn: () => setPointed(keyOf(passage)),
    onFocusOut: () => setPointed(undefined),
  });
  const rightSide = other ?? side;
  return (
    <div ref={board} class={`board ${other ? "compared" : ""}`} aria-busy={isBusy}>
      <section class="left" aria-labelledby="left-title">
        {other ? (
          <SideTitle id="left-title" name="A" side={side} />
        ) : (
          <Title id="left-title" title="First pass">
            {left.length} {left.length === 1 ? "candidate" : "candidates"} by {MODE_WORDS[side.answer.mode]}
          </Title>
        )}
        {other && <Timings answer={side.answer} />}
        {left.length === 0 && <Nothing side={side} />}
        {!other && left.length > 0 && <RowTitles />}
        <ol data-side="left" class={other ? "cards" : "rows"}>
          {left.map((passage) => (
            <li key={keyOf(passage)} {...point(passage)}>
              {other ? (
                <Card side={side} passage={passage} onOpen={onOpen} />
              ) : (
                <CandidateRow passage={passage} onOpen={() => onOpen(passage, side.answer.collection.id)} />
              )}
            </li>
          ))}
        </ol>
      </section>
      <Lines board={board} links={links} active={pointedLink} />
      <section class="right" aria-labelledby="right-title">
        {other ? (
          <SideTitle id="right-title" name="B" side={other} />
        ) : (
          <Title id="right-title" title={side.answer.model === undefined ? "As they are" : "Second pass"}>
            {side.answer.model === undefined ? (
              "no reranker: the first pass decides"
            ) : (
              <>
                <span class="model">{side.answer.model}</span> reads each with the question
              </>
            )}
          </Title>
        )}
        <Timings answer={rightSide.answer} />
        <MoveMap
          links={links}
          names={other ? ["A", "B"] : ["First pass", "Second pass"]}
          active={pointedLink}
        />
        {right.length === 0 && left.length > 0 && <Nothing side={rightSide} />}
        <ol data-side="right" class="cards">
          {right.map((passage) => (
            <li key={keyOf(passage)} {...point(passage)}>
              <Card
                side={rightSide}
                passage={passage}
                move={moveTo(passage, otherBest === undefined ? undefined : left)}
                onOpen={onOpen}
              />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

const MODE_WORDS = { hybrid: "words and meaning", dense: "meaning", lexical: "words" } as const;

function Title({
  id,
  title,
  mark,
  children,
}: {
  readonly id: string;
  readonly title: string;
  /** Name of a side, shown in place of the title. */
  readonly mark?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <header class="title">
      <h2 id={id}>{mark === undefined ? title : <Mark name={mark} title={title} />}</h2>
      <p>{children}</p>
    </header>
  );
}

function Mark({ name, title }: { readonly name: string; readonly title: string }) {
  return (
    <>
      <span class="visually-hidden">{title}</span>
      <span class="side-name" aria-hidden="true">
        {name}
      </span>
    </>
  );
}

function SideTitle({ id, name, side }: { id: string; name: string; side: Side }) {
  const { answer, settings } = side;
  return (
    <Title id={id} title={`Side ${name}`} mark={name}>
      {answer.passages.length} by {MODE_WORDS[answer.mode]},{" "}
      <span class="model">{answer.model ?? "no reranker"}</span>
      {answer.model !== undefined && settings.blend !== DEFAULTS.blend && `, ${orderInWords(settings.blend)}`}
    </Title>
  );
}

function orderInWords(blend: number): string {
  return blend === 0 ? "its order alone" : blendInWords(blend);
}

function Card({
  side: { answer, settings },
  passage,
  move,
  onOpen,
}: {
  readonly side: Side;
  readonly passage: AnswerPassage;
  readonly move?: Move | undefined;
  readonly onOpen: (passage: AnswerPassage, collection: string) => void;
}) {
  const { scores, scale } = useMemo(() => scoresOf(answer), [answer]);
  const place = passage.place as number;
  return (
    <PassageCard
      passage={passage}
      place={place}
      move={move}
      scale={scale}
      scores={scores}
      threshold={answer.model === undefined ? undefined : settings.threshold}
      onOpen={() => onOpen(passage, answer.collection.id)}
    />
  );
}

function Nothing({ side: { answer, settings } }: { readonly side: Side }) {
  const hasCandidates = answer.passages.length > 0;
  return (
    <p class="nothing">
      {hasCandidates && settings.threshold !== undefined
        ? "No passage reaches the threshold. Lower it to see more."
        : answer.mode === "lexical"
          ? "No passage has a word of the question. Try other words, or let meaning find passages."
          : "Nothing was found. Try other words."}
    </p>
  );
}

/** Returns a passage's move: from its place in the first pass, or on the other side. */
function moveTo(passage: AnswerPassage, others: readonly AnswerPassage[] | undefined): Move | undefined {
  const place = passage.place as number;
  if (others !== undefined) return moveOf(others.find((one) => keyOf(one) === keyOf(passage))?.place, place);
  return passage.rerankScore === undefined ? undefined : moveOf(passage.placeBefore, place);
}

/** The best passages, the best first. */
function bestOf({ passages }: PageAnswer): readonly AnswerPassage[] {
  return passages.filter(({ place }) => place !== undefined).sort((a, b) => a.place! - b.place!);
}

/** Returns the scores to show: the second pass's, or the first's if there is no second. */
export function scoresOf({ passages }: PageAnswer): {
  readonly scores: readonly number[];
  readonly scale: Scale;
} {
  const scores = passages.map(({ rerankScore, firstPass }) => rerankScore ?? firstPass.score);
  return { scores, scale: scaleOf(scores) };
}

function keyOf({ source, startIndex }: AnswerPassage): string {
  return `${source}#${startIndex}`;
}

function linksOf(left: readonly AnswerPassage[], right: readonly AnswerPassage[]): readonly Link[] {
  const places = new Map(left.map((passage, i) => [keyOf(passage), i]));
  return right.flatMap((passage, i) => {
    const from = places.get(keyOf(passage));
    if (from === undefined) return [];
    return [{ left: from, right: i, direction: moveOf(from + 1, i + 1).direction }];
  });
}
