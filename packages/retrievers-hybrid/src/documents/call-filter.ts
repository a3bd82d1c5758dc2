import type { Document } from "@langchain/core/documents";
import { filterAnswer, raceWithSignal, withHandledRejection, workSlices } from "@secondpass/core";

/** Maximum number of promises of a filter that are awaited at the same time: a filter may call a service for each document. */
const MAX_AWAITED = 32;

/**
 * Calls a filter function for each document.
 * @returns whether each document passes, in the order of the documents
 * @throws the filter's error; InvalidFilterError if it returns a function or a generator, which would always pass
 */
export async function callFilter(
  filter: (document: Document) => unknown,
  documents: Iterable<Document>,
  signal: AbortSignal | undefined,
): Promise<boolean[]> {
  const slices = workSlices(signal);
  const answers: boolean[] = [];
  let awaited: unknown[] = [];
  const settle = async () => {
    const values = await raceWithSignal(Promise.all(awaited), signal);
    for (const value of values) answers.push(filterAnswer(value));
    awaited = [];
  };
  for (const document of documents) {
    // An answer may reject in a pause, or after another one.
    if (awaited.push(withHandledRejection(filter(document))) === MAX_AWAITED) await settle();
    if (slices.due()) await slices.pause();
  }
  await settle();
  return answers;
}
