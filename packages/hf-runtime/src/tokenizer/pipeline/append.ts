/** Appends ids one by one: `push(...ids)` overflows the stack on long lists. */
export function append(out: number[], ids: readonly number[]): void {
  for (let index = 0; index < ids.length; index++) out.push(ids[index]!);
}
