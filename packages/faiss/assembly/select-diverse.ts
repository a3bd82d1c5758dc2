import { codeOf, distanceOf, FROM_CODES } from "./graph";
import { pairAt } from "./pair-heap";

/**
 * Writes up to `wanted` nodes of an ascending list of pairs to `out`: those that are nearer to the list's owner than
 * to any node chosen before, so that links lead in different directions. As in faiss, a shorter list is
 * copied whole. Remaining slots get -1.
 */
export function selectDiverse(pairs: usize, count: i32, wanted: i32, out: usize): i32 {
  let chosen = 0;
  if (count < wanted) {
    for (; chosen < count; chosen++) putNode(out, chosen, load<u32>(pairAt(pairs, chosen), 4));
  } else {
    for (let i = 0; i < count && chosen < wanted; i++) {
      const node = load<u32>(pairAt(pairs, i), 4);
      if (isDiverse(codeOf(node), load<f32>(pairAt(pairs, i)), out, chosen)) putNode(out, chosen++, node);
    }
  }
  memory.fill(out + (<usize>chosen << 2), 0xff, <usize>(wanted - chosen) << 2);
  return chosen;
}

/** Whether a node is nearer to a list's owner than to any chosen node. */
// @ts-ignore: decorator
@inline
export function isDiverse(code: usize, distance: f32, chosen: usize, count: i32): bool {
  for (let j = 0; j < count; j++) {
    if (distanceOf(FROM_CODES, codeOf(load<u32>(chosen + (<usize>j << 2))), code) < distance) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
export function putNode(out: usize, i: i32, node: u32): void {
  store<u32>(out + (<usize>i << 2), node);
}
