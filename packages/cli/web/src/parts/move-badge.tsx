import type { Move } from "../move.js";

const SYMBOLS: Readonly<Record<Move["direction"], string>> = { up: "↑", down: "↓", same: "=", new: "+" };

/** How far a passage moved. */
export function MoveBadge({ move: { direction, text } }: { readonly move: Move }) {
  return (
    <span class={`badge ${direction}`}>
      <span aria-hidden="true">{SYMBOLS[direction]}</span> {text}
    </span>
  );
}
