/** Start of the search for a scale as a share of its end, by bits: faiss's values. */
const START = [0, 0.15, 0.2, 0.52, 0.59, 0.71, 0.75, 0.77, 0.81];

/** Number of levels beyond the highest one that the search tries. */
const BEYOND = 10;

/** Added so that a size just below a level is not rounded down. */
const NUDGE = 1e-5;

/**
 * Chooses levels of 0 to 2^bits - 1 for the sizes of a unit vector's elements. The scale is the one whose levels are nearest to the vector's
 * direction; the search tries each scale at which some element's level rises.
 * @returns the levels, and the inner product of the sizes and the levels' middles
 */
export function extraBitLevels(sizes: Float32Array, bits: number): { levels: Uint8Array; dot: number } {
  const most = 2 ** bits - 1;
  const scale = bestScale(sizes, bits, most);
  let dot = 0;
  const levels = Uint8Array.from(sizes, (size) => {
    const level = Math.min(Math.trunc(Math.fround(scale * size) + NUDGE), most);
    dot += (level + 0.5) * size;
    return level;
  });
  return { levels, dot };
}

function bestScale(sizes: Float32Array, bits: number, most: number): number {
  const largest = sizes.reduce((best, size) => Math.max(best, size), 0);
  const end = Math.fround(Math.fround(most + BEYOND) / largest);
  const start = Math.fround(end * Math.fround(START[bits]!));
  const levels = Int32Array.from(sizes, (size) => Math.trunc(Math.fround(start * size) + NUDGE));
  // Updated from step to step in float32, as in faiss: its rounding decides between scales that are nearly as good.
  let squares = Math.fround(sizes.length * 0.25);
  let dot = 0;
  levels.forEach((level, i) => {
    squares = Math.fround(squares + (level * level + level));
    dot = Math.fround(dot + Math.fround((level + 0.5) * sizes[i]!));
  });
  let inverseRoot = Math.fround(1 / Math.fround(Math.sqrt(squares)));
  const rises: number[] = [];
  sizes.forEach((size, i) => {
    const inverse = Math.fround(1 / size);
    const next = levels[i]! + 1;
    // As in faiss, try one level above the start even if it is beyond the highest.
    for (let level = next; level === next || level <= most; level++) {
      const scale = Math.fround(level * inverse);
      if (!(scale < end)) break;
      rises.push(bitsOf(scale) * ELEMENTS + i);
    }
  });
  // As numbers they are sorted ten times as fast as pairs.
  const sorted = Float64Array.from(rises).sort();
  let [best, found] = [0, 0];
  for (const rise of sorted) {
    const element = rise % ELEMENTS;
    const step = 2 * ++levels[element]!;
    const before = squares;
    squares = Math.fround(before + step);
    dot = Math.fround(dot + sizes[element]!);
    const shrink = Math.fround((0.5 * step) / Math.fround(before + 0.5 * step));
    inverseRoot = Math.fround(inverseRoot * Math.fround(1 - shrink));
    const cosine = Math.fround(dot * inverseRoot);
    if (cosine > best) [best, found] = [cosine, (rise - element) / ELEMENTS];
  }
  return floatOf(found);
}

/** More than an index has dimensions, and few enough that a scale's bits and an element are exact together. */
const ELEMENTS = 2 ** 21;

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

/** Those of a positive float32, which are in its order. */
function bitsOf(value: number): number {
  float[0] = value;
  return word[0]!;
}

function floatOf(value: number): number {
  word[0] = value;
  return float[0]!;
}
