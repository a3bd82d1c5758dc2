import { type Scale, shareOf, shownScore } from "../scale.js";

/** A score on its scale, among the scores of the other passages. */
export function ScoreBar({
  score,
  scale,
  others = [],
  threshold,
  label,
}: {
  readonly score: number;
  readonly scale: Scale;
  readonly others?: readonly number[];
  readonly threshold?: number | undefined;
  /** Name of the score. */
  readonly label: string;
}) {
  const at = (value: number) => `${(shareOf(value, scale) * 100).toFixed(2)}%`;
  return (
    <div class="score">
      <span class="score-label">{label}</span>
      <svg class="score-track" aria-hidden="true" focusable="false">
        <line class="track" x1="0" x2="100%" y1="8" y2="8" />
        {others.map((other, i) => (
          <line key={i} class="other" x1={at(other)} x2={at(other)} y1="4" y2="12" />
        ))}
        <line
          class="value"
          x1={at(Math.max(scale.min, Math.min(0, scale.max)))}
          x2={at(score)}
          y1="8"
          y2="8"
        />
        {threshold !== undefined && (
          <line class="threshold" x1={at(threshold)} x2={at(threshold)} y1="0" y2="16" />
        )}
        <circle class="dot" cx={at(score)} cy="8" r="4" />
      </svg>
      <span class="score-number">
        {shownScore(score)}
        <span class="visually-hidden">
          {" "}
          on a scale from {scale.min} to {scale.max}
        </span>
      </span>
    </div>
  );
}
