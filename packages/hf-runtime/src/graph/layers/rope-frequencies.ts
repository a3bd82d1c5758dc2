import { ModelConfigError } from "../../errors/model-config-error.js";
import { f32 } from "./f32.js";
import type { RopeParameters } from "./rope-parameters.js";

/** The angles between neighbouring positions in a rotation. */
export interface RopeFrequencies {
  /** Radians, [size / 2]. */
  readonly frequencies: Float32Array;
  /** Factor of cosines and sines. */
  readonly scale: number;
  /** Other frequencies for texts with more than `tokens` tokens. Missing if they are the same. */
  readonly long?: { readonly tokens: number; readonly frequencies: Float32Array };
}

/**
 * Frequencies for a head of the width `size`, rounded to float32 at each step as in PyTorch.
 * @throws ModelConfigError if factors are given one by one and their number is wrong
 */
export function ropeFrequencies(rope: RopeParameters, size: number): RopeFrequencies {
  const count = size / 2;
  const each = (of: (i: number) => number) => Float32Array.from({ length: count }, (_, i) => of(i));
  /** theta to the power of 2i / size */
  const period = (i: number) => f32(rope.theta ** f32((2 * i) / size));
  const plain = (i: number) => f32(1 / period(i));
  switch (rope.type) {
    case "linear":
      return { frequencies: each((i) => plain(i) / rope.factor), scale: 1 };
    case "proportional": {
      const rotated = Math.floor(rope.share * size) >> 1;
      return { frequencies: each((i) => (i < rotated ? plain(i) / rope.factor : 0)), scale: 1 };
    }
    case "llama3":
      return { frequencies: each((i) => llama3Frequency(plain(i), rope)), scale: 1 };
    case "yarn":
      return { frequencies: yarnFrequencies(period, rope, size), scale: rope.scale };
    case "longrope": {
      const by = (key: string, factors: readonly number[]) => {
        if (factors.length !== count) throw new ModelConfigError(key, `a list of ${count} numbers`, factors);
        return each((i) => 1 / f32(f32(factors[i]!) * period(i)));
      };
      return {
        frequencies: by("short_factor", rope.shortFactors),
        scale: rope.scale,
        long: { tokens: rope.positions, frequencies: by("long_factor", rope.longFactors) },
      };
    }
    default:
      return { frequencies: each(plain), scale: 1 };
  }
}

/** Stretches long waves, keeps short ones, and blends in between. */
function llama3Frequency(frequency: number, rope: RopeParameters & { readonly type: "llama3" }): number {
  const { factor, lowFactor, highFactor, positions } = rope;
  const wave = f32((2 * Math.PI) / frequency);
  if (wave < positions / highFactor) return frequency;
  const stretched = f32(frequency / factor);
  if (wave > positions / lowFactor) return stretched;
  const kept = f32(f32(f32(positions / wave) - lowFactor) / (highFactor - lowFactor));
  return f32(f32(f32(1 - kept) * frequency) / factor) + f32(kept * frequency);
}

/** Keeps frequencies with many turns over the first positions, stretches slow ones, and blends in between. */
function yarnFrequencies(
  period: (i: number) => number,
  { theta, factor, betaFast, betaSlow, truncates, positions }: RopeParameters & { readonly type: "yarn" },
  size: number,
): Float32Array {
  /** Index of the value whose frequency makes this number of turns over the positions. */
  const placeOf = (turns: number) =>
    (size * Math.log(positions / (turns * 2 * Math.PI))) / (2 * Math.log(theta));
  const [first, last] = [placeOf(betaFast), placeOf(betaSlow)];
  const low = Math.max(truncates ? Math.floor(first) : first, 0);
  const end = Math.min(truncates ? Math.ceil(last) : last, size - 1);
  const high = low === end ? end + 0.001 : end;
  return Float32Array.from({ length: size / 2 }, (_, i) => {
    const kept = f32(1 - Math.min(1, Math.max(0, f32(f32(i - low) / (high - low)))));
    const [stretched, plain] = [f32(1 / f32(factor * period(i))), f32(1 / period(i))];
    return f32(stretched * f32(1 - kept)) + f32(plain * kept);
  });
}
