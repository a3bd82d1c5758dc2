/** faiss's minimum of training vectors for each list. */
const VECTORS_PER_LIST = 39;

/** Number of lists, and of lists that a search visits, from the options or by the number of vectors that are added first. */
export function listsFor(
  expectedVectors: number,
  given: { readonly nlist?: number; readonly nprobe?: number },
): { nlist: number; nprobe: number } {
  const most = Math.max(1, Math.floor(expectedVectors / VECTORS_PER_LIST));
  const { nlist = Math.max(1, Math.min(most, Math.ceil(4 * Math.sqrt(expectedVectors)))) } = given;
  const { nprobe = Math.ceil(nlist / 8) } = given;
  return { nlist, nprobe };
}
