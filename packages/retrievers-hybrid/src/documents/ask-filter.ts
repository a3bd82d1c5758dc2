import type { Document } from "@langchain/core/documents";
import { filterAnswer, raceWithSignal, workSlices } from "@secondpass/core";

/** Answers awaited at a time: a filter may ask a service about each document. */
const MAX_AWAITED = 32;

/**
 * Asks a filter function about documents.
 * @returns its answers, in the order of the documents
 * @throws what the filter throws; InvalidFilterError if an answer is a function or a generator, which would always pass
 */
export async function askFilter(
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
    if (awaited.push(withoutAlarm(filter(document))) === MAX_AWAITED) await settle();
    if (slices.due()) await slices.pause();
  }
  await settle();
  return answers;
}

/** An answer that may be rejected before it is awaited: after a pause, or because another one threw first. Node would end the process. */
function withoutAlarm(answer: unknown): unknown {
  if (typeof (answer as PromiseLike<unknown> | null | undefined)?.then !== "function") return answer;
  const kept = Promise.resolve(answer);
  kept.catch(() => undefined);
  return kept;
}
