/**
 * Ranges of the letters that have a case in Python (Unicode 14, Python 3.11), found with `_sre.unicode_iscased`:
 * pairs of the first and the last code point.
 */
const CASED_RANGES: readonly (readonly [number, number])[] = [
  [0x41, 0x29e],
  [0x345, 0x587],
  [0x10a0, 0x10ff],
  [0x13a0, 0x13fd],
  [0x1c80, 0x1cbf],
  [0x1d79, 0x1d8e],
  [0x1e00, 0x1ffc],
  [0x2126, 0x2184],
  [0x24b6, 0x24e9],
  [0x2c00, 0x2d2d],
  [0xa640, 0xa69b],
  [0xa722, 0xa7f6],
  [0xab53, 0xabbf],
  [0xfb05, 0xfb06],
  [0xff21, 0xff5a],
  [0x10400, 0x1044f],
  [0x104b0, 0x104fb],
  [0x10570, 0x105bc],
  [0x10c80, 0x10cf2],
  [0x118a0, 0x118df],
  [0x16e40, 0x16e7f],
  [0x1e900, 0x1e943],
];

/**
 * Small letters with the same capital, which Python treats as equal if case is ignored.
 * Source: `_EXTRA_CASES` of https://github.com/python/cpython/blob/v3.11.7/Lib/re/_casefix.py
 */
const SAME_CAPITAL: readonly string[] = [
  "i\u0131",
  "s\u017f",
  "\u00b5\u03bc",
  "\u0345\u03b9\u1fbe",
  "\u0390\u1fd3",
  "\u03b0\u1fe3",
  "\u03b2\u03d0",
  "\u03b5\u03f5",
  "\u03b8\u03d1",
  "\u03ba\u03f0",
  "\u03c0\u03d6",
  "\u03c1\u03f1",
  "\u03c2\u03c3",
  "\u03c6\u03d5",
  "\u0432\u1c80",
  "\u0434\u1c81",
  "\u043e\u1c82",
  "\u0441\u1c83",
  "\u0442\u1c84\u1c85",
  "\u044a\u1c86",
  "\u0463\u1c87",
  "\u1c88\ua64b",
  "\u1e61\u1e9b",
  "\ufb05\ufb06",
];

const ASCII = relate([[0x41, 0x7a]], []);
/** Made when the first pattern needs it, because it takes milliseconds. */
let unicode: ReadonlyMap<number, readonly number[]> | undefined;

/**
 * Finds the relatives of each letter: all letters that Python's `re` treats as equal if case is ignored, including the letter itself. These are letters with the
 * same small letter, or whose small letters have the same capital, in the order of their code points. `İ`, `I`, `i` and `ı` are relatives, as are `K` and the Kelvin sign.
 *
 * @param ascii under `re.ASCII` only A–Z and a–z are related
 */
export function caseRelatives(ascii: boolean): ReadonlyMap<number, readonly number[]> {
  if (ascii) return ASCII;
  unicode ??= relate(CASED_RANGES, SAME_CAPITAL);
  return unicode;
}

function relate(
  ranges: readonly (readonly [number, number])[],
  sameCapital: readonly string[],
): ReadonlyMap<number, readonly number[]> {
  const firstOf = new Map<number, number>();
  for (const letters of sameCapital) {
    for (const letter of letters) firstOf.set(letter.codePointAt(0)!, letters.codePointAt(0)!);
  }
  const families = new Map<number, number[]>();
  const familyOf = new Map<number, readonly number[]>();
  for (const [first, last] of ranges) {
    for (let codePoint = first; codePoint <= last; codePoint++) {
      // Python's lower case of one character is one character: "i" for "İ".
      const small = String.fromCodePoint(codePoint).toLowerCase().codePointAt(0)!;
      const key = firstOf.get(small) ?? small;
      const family = families.get(key) ?? [];
      families.set(key, family);
      family.push(codePoint);
      familyOf.set(codePoint, family);
    }
  }
  for (const [codePoint, family] of familyOf) if (family.length === 1) familyOf.delete(codePoint);
  return familyOf;
}
