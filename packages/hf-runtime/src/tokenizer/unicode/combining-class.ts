/** One mark of each combining class of Unicode, in the order of the classes. */
const REPRESENTATIVES = Array.from(
  (
    "334 16ff0 93c 3099 94d 5b0 5b1 5b2 5b3 5b4 5b5 5b6 5b7 5b8 5b9 5bb 5bc 5bd 5bf 5c1 5c2 fb1e 64b 64c 64d 618 619 61a 651 652 670 " +
    "711 c55 c56 e38 e48 eb8 ec8 f71 f72 f74 321 1dce 31b 1dfa 316 59a 302e 1d16d 5ae 300 315 35c 35d 345"
  ).split(" "),
  (code) => String.fromCodePoint(Number.parseInt(code, 16)),
);
const MARK = /^\p{M}$/u;
/** Marks of the first and the last class. */
const FIRST = "\u0334";
const LAST = "\u0345";

const known = new Map<number, number>();

/**
 * Place of a character's canonical combining class among all classes, from 1 on; 0 for a character that marks are not sorted
 * across. Found by trying how Node's own normalization sorts, so that both have the same version of Unicode.
 */
export function combiningClass(codePoint: number): number {
  let place = known.get(codePoint);
  if (place === undefined) {
    place = findClass(String.fromCodePoint(codePoint));
    known.set(codePoint, place);
  }
  return place;
}

function findClass(character: string): number {
  if (!MARK.test(character)) return 0;
  if (!isSorted(character, FIRST) && !isSorted(LAST, character)) return 0;
  let low = 0;
  let high = REPRESENTATIVES.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSorted(character, REPRESENTATIVES[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** Whether normalization swaps two marks. */
function isSorted(first: string, second: string): boolean {
  return first !== second && (first + second).normalize("NFD") === second + first;
}
