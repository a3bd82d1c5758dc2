import { readClass } from "./read-class.js";

/** A part of a glob. `text` is set for parts that are literal if their brace has no partner. */
export type GlobToken =
  /** One character that passes the test. */
  | { readonly kind: "one"; readonly test: (character: string) => boolean; readonly text?: string }
  /** `*`: any characters of a name. `**` with its slash: any folders. `**` at the end: everything below. */
  | { readonly kind: "name" | "folders" | "rest"; readonly text?: undefined }
  | { readonly kind: "open" | "comma" | "close"; readonly text: string };

const BRACES: Readonly<Record<string, "open" | "comma" | "close">> = {
  "{": "open",
  ",": "comma",
  "}": "close",
};

/** Splits a glob into its parts, in order. A bracket that is never closed is an ordinary character. */
export function globTokens(glob: string): GlobToken[] {
  const characters = [...glob];
  const lastBracket = characters.lastIndexOf("]");
  const tokens: GlobToken[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    if (character === "*") {
      const stars = starsAt(characters, at);
      tokens.push({ kind: stars.kind });
      at = stars.end - 1;
      continue;
    }
    const found = character === "[" && at < lastBracket ? readClass(characters, at) : undefined;
    if (found) at = found.end - 1;
    tokens.push(found ? { kind: "one", test: found.test } : characterToken(character));
  }
  return tokens;
}

function starsAt(characters: readonly string[], start: number) {
  let end = start + 1;
  while (characters[end] === "*") end++;
  const isWhole =
    end === start + 2 && isBorder(characters[start - 1], "{,/") && isBorder(characters[end], "},/");
  if (!isWhole) return { kind: "name", end } as const;
  return characters[end] === "/"
    ? ({ kind: "folders", end: end + 1 } as const)
    : ({ kind: "rest", end } as const);
}

/** Whether a folder's name begins or ends next to this character; undefined is the start or end of the glob. */
function isBorder(character: string | undefined, borders: string): boolean {
  return character === undefined || borders.includes(character);
}

function characterToken(character: string): GlobToken {
  const brace = BRACES[character];
  if (brace !== undefined) return { kind: brace, text: character };
  if (character === "?") return { kind: "one", test: (other) => other !== "/" };
  return { kind: "one", test: (other) => other === character, text: character };
}
