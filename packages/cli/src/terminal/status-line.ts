import stringWidth from "string-width";
import type { Output } from "../contract/world.js";

/** Moves to the line's beginning and empties the line. */
const ERASE = "\r\u001b[2K";
const COLUMNS = 80;
/** Shortest time between two redraws, in ms. */
const DRAW_MS = 100;

/** A line of a terminal that is redrawn. If the output is not a terminal, it shows nothing. */
export class StatusLine {
  #isDrawn = false;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly output: Output,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** Shows a text in place of the one before, cut to the terminal's width. Ten times a second at most. */
  show(text: string): void {
    if (!this.output.isTTY || this.now() - this.#drawnAt < DRAW_MS) return;
    this.clear();
    this.output.write(cut(text, (this.output.columns ?? COLUMNS) - 1));
    this.#isDrawn = true;
    this.#drawnAt = this.now();
  }

  /** Erases the line, so that something else can be written. */
  clear(): void {
    if (this.#isDrawn) this.output.write(ERASE);
    this.#isDrawn = false;
    this.#drawnAt = Number.NEGATIVE_INFINITY;
  }
}

/** Cuts a text to at most `columns` columns. Wide characters, such as Korean ones, take two. */
function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let shown = "";
  let width = 1;
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns) break;
    shown += character;
  }
  return columns > 0 ? `${shown}…` : "";
}
