/** Blocks of letters, by script. Encodings with one byte per character have no others. */
const BLOCKS: readonly (readonly [first: number, last: number, script: string])[] = [
  [0x41, 0x5a, "Latin"],
  [0x61, 0x7a, "Latin"],
  [0xc0, 0xd6, "Latin"],
  [0xd8, 0xf6, "Latin"],
  [0xf8, 0x24f, "Latin"],
  [0x386, 0x3ff, "Greek"],
  [0x400, 0x52f, "Cyrillic"],
  [0x5d0, 0x5f2, "Hebrew"],
  [0x620, 0x64a, "Arabic"],
  [0x671, 0x6d3, "Arabic"],
  [0xe01, 0xe4e, "Thai"],
  [0x1e00, 0x1eff, "Latin"],
];

/** Whether a word has neighbouring letters of different scripts, as if a text in one script was read in an encoding of another. */
export function hasTwoScripts(word: string): boolean {
  let before: string | undefined;
  for (let index = 0; index < word.length; index++) {
    const unit = word.charCodeAt(index);
    // Combining accents belong to the letter before.
    if (unit >= 0x300 && unit < 0x370) continue;
    const script = scriptOf(unit);
    if (script !== undefined && before !== undefined && script !== before) return true;
    before = script;
  }
  return false;
}

function scriptOf(unit: number): string | undefined {
  for (const [first, last, script] of BLOCKS) {
    if (unit < first) return undefined;
    if (unit <= last) return script;
  }
  return undefined;
}
