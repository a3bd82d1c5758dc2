import { workSlices } from "@secondpass/core";
import type { TextInput } from "../prompts/with-prompt.js";

/** Inputs between two checks whether other work of the thread is due. */
const STRIDE = 1024;

/** Positions of the pairs that have the same first text. */
export interface InputGroups {
  readonly groups: readonly (readonly number[])[];
  /** Positions of the other inputs. */
  readonly single: readonly number[];
}

/**
 * Groups pairs by their first text, in the order of its first appearance.
 * @param maxPairs maximum number of pairs in a group; more pairs make several groups
 * @throws the signal's reason, between inputs
 */
export async function groupByFirstText(
  inputs: readonly TextInput[],
  maxPairs: number,
  signal?: AbortSignal,
): Promise<InputGroups> {
  const slices = workSlices(signal);
  const open = new Map<string, number[]>();
  const all: number[][] = [];
  const single: number[] = [];
  for (const [index, [text, pair]] of inputs.entries()) {
    if (index % STRIDE === 0 && slices.due()) await slices.pause();
    if (pair === undefined) {
      single.push(index);
      continue;
    }
    const known = open.get(text);
    if (known && known.length < maxPairs) {
      known.push(index);
      continue;
    }
    const group = [index];
    open.set(text, group);
    all.push(group);
  }
  const groups: number[][] = [];
  for (const [i, group] of all.entries()) {
    if (i % STRIDE === 0 && slices.due()) await slices.pause();
    if (group.length > 1) groups.push(group);
    else single.push(group[0]!);
  }
  return { groups, single };
}
