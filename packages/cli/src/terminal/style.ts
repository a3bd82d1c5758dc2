import type { Output, World } from "../contract/world.js";

/** Functions that style a text for a terminal. Without colours, they return it unchanged. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly green: (text: string) => string;
}

/**
 * Returns the style of an output: colours on a terminal, unless NO_COLOR is set (https://no-color.org) or the terminal is "dumb". FORCE_COLOR turns them on for any
 * output, and 0 or "false" turns them off.
 */
export function styleOf(output: Output, env: World["env"]): Style {
  const paint = hasColours(output, env)
    ? (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`
    : () => (text: string) => text;
  return { bold: paint(1, 22), dim: paint(2, 22), cyan: paint(36, 39), green: paint(32, 39) };
}

function hasColours({ isTTY }: Output, { FORCE_COLOR, NO_COLOR, TERM }: World["env"]): boolean {
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTTY === true && !NO_COLOR && TERM !== "dumb";
}
