import { LATER_LOWER_CASE } from "./generated/later-lower-case.js";

/** Letters that not every version of Node knows. */
const LATER = new Map(
  LATER_LOWER_CASE.split(" ").map((pair) => {
    const [upper, lower] = pair.split(":").map((code) => String.fromCodePoint(Number.parseInt(code, 16)));
    return [upper!, lower!];
  }),
);
const LATER_PATTERN = new RegExp(`[${[...LATER.keys()].join("")}]`, "gu");

/** Lower case of each character by itself, as in Rust's `tokenizers`: no final form of Σ at the end of words, and the same letters on every Node. */
export function lowercase(text: string): string {
  return text
    .replaceAll("Σ", "σ")
    .replace(LATER_PATTERN, (letter) => LATER.get(letter)!)
    .toLowerCase();
}
