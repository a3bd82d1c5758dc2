/** faiss wants this many vectors for each list it trains. */
const VECTORS_PER_LIST = 39;

/** Lists, and how many a search visits, by the number of vectors that come first, unless they are given. */
export function listsFor(
  expectedVectors: number,
  given: { readonly nlist?: number; readonly nprobe?: number },
): { nlist: number; nprobe: number } {
  const most = Math.max(1, Math.floor(expectedVectors / VECTORS_PER_LIST));
  const { nlist = Math.max(1, Math.min(most, Math.ceil(4 * Math.sqrt(expectedVectors)))) } = given;
  const { nprobe = Math.ceil(nlist / 8) } = given;
  return { nlist, nprobe };
}
