import type { PageAnswer } from "../api.js";

/** Shows how long the stages took. */
export function Timings({ answer: { milliseconds, pairs, model } }: { readonly answer: PageAnswer }) {
  const { firstPass, rerank, sentences, total } = milliseconds;
  const stages = [
    ["first pass", firstPass, "first"],
    ...(model === undefined
      ? []
      : ([
          ["second pass", rerank, "second"],
          ["sentences", sentences, "third"],
        ] as const)),
  ] as const;
  const sum = Math.max(1, firstPass + rerank + sentences);
  let x = 0;
  return (
    <div class="timings">
      <svg class="stages" aria-hidden="true" focusable="false">
        {stages.map(([name, ms, kind]) => {
          const share = (ms / sum) * 100;
          const bar = <rect key={name} class={kind} x={`${x}%`} width={`${share}%`} height="100%" />;
          x += share;
          return bar;
        })}
      </svg>
      <p>
        <strong>{total} ms</strong>
        {stages.map(([name, ms, kind]) => (
          <span key={name} class="stage">
            <i class={kind} aria-hidden="true" /> {name} {ms} ms
          </span>
        ))}
        {pairs.computed + pairs.remembered > 0 && <span class="stage">{pairsInWords(pairs)}</span>}
      </p>
    </div>
  );
}

/** Writes the number of pairs of question and passage or sentence. Remembered pairs cost nothing. */
function pairsInWords({ computed, remembered }: PageAnswer["pairs"]): string {
  const pairs = (count: number) => `${count} ${count === 1 ? "pair" : "pairs"}`;
  if (remembered === 0) return `${pairs(computed)} read`;
  return computed === 0
    ? `${pairs(remembered)} remembered`
    : `${pairs(computed)} read, ${remembered} remembered`;
}
