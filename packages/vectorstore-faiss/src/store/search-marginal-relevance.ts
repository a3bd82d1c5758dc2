import { InvalidArgumentError } from "@secondpass/faiss";
import type { MarginalRelevanceOptions } from "../faiss-store-options.js";
import { selectByMarginalRelevance } from "../mmr.js";
import type { Vector } from "./pack-vectors.js";
import { checkK, queryVector } from "./search-arguments.js";
import type { Hit, StoreCore } from "./store-core.js";

/** Picks among the `fetchK` nearest. Call it under the read lock. @throws InvalidArgumentError and as `StoreCore.search` */
export async function searchMarginalRelevance(
  core: StoreCore,
  query: Vector,
  { k = 4, fetchK = 20, lambda = 0.5, ...options }: MarginalRelevanceOptions,
): Promise<Hit[]> {
  checkK("k", k);
  checkK("fetchK", fetchK);
  if (!(lambda >= 0 && lambda <= 1)) throw new InvalidArgumentError("lambda", "a number from 0 to 1", lambda);
  const vector = queryVector(query, core.index);
  const hits = await core.search(vector, Math.max(k, fetchK), options);
  await core.index?.prepareReconstruct?.(options);
  const vectors = hits.map(({ position }) => core.index!.reconstruct(position));
  return selectByMarginalRelevance(vector, vectors, k, lambda).map((i) => hits[i]!);
}
