import type { Link } from "./lines.js";

/** Minimum number of places, so that a small move looks small. */
const MIN_PLACES = 10;
/** Number of places from which their numbers would overlap. */
const CROWDED = 24;

/**
 * A map of the moves for screens that are too narrow for two lists: places of the first order above, those of the second below, on one scale. A line to the left is
 * a move up. Hidden from screen readers, because the lists say the same in words.
 */
export function MoveMap({
  links,
  names: [from, to],
  active,
}: {
  readonly links: readonly Link[];
  /** Names of both orders. */
  readonly names: readonly [string, string];
  /** The link under the pointer: index into `links`. */
  readonly active: number | undefined;
}) {
  if (links.length === 0) return null;
  const places = Math.max(MIN_PLACES, ...links.map(({ left, right }) => Math.max(left, right) + 1));
  const at = (index: number) => `${(((index + 0.5) / places) * 100).toFixed(2)}%`;
  const isNumbered = (index: number, all: readonly number[]) =>
    places <= CROWDED || index === Math.min(...all) || index === Math.max(...all);
  const [lefts, rights] = [links.map(({ left }) => left), links.map(({ right }) => right)];
  return (
    <div class="move-map" aria-hidden="true">
      <span>{from}</span>
      <svg aria-hidden="true" focusable="false">
        {Array.from({ length: places }, (_, i) => (
          <g key={i} class="tick">
            <circle cx={at(i)} cy="20" r="1.5" />
            <circle cx={at(i)} cy="72" r="1.5" />
          </g>
        ))}
        {links.map(({ left, right, direction }, i) => (
          <g key={i} class={`${direction} ${active === undefined ? "" : active === i ? "active" : "faint"}`}>
            <line x1={at(left)} y1="20" x2={at(right)} y2="72" />
            <circle cx={at(left)} cy="20" r="4" />
            <circle cx={at(right)} cy="72" r="4" />
            {isNumbered(left, lefts) && (
              <text x={at(left)} y="11">
                {left + 1}
              </text>
            )}
            {isNumbered(right, rights) && (
              <text x={at(right)} y="89">
                {right + 1}
              </text>
            )}
          </g>
        ))}
      </svg>
      <span>{to}</span>
    </div>
  );
}
