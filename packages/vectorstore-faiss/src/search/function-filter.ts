import type { Document } from "@langchain/core/documents";
import { filterAnswer, raceWithSignal, withHandledRejection, workSlices } from "@secondpass/core";
import type { StoreContents } from "../contents/store-contents.js";
import { withRoom } from "../contents/with-room.js";
import type { Docstore } from "../documents/docstore.js";

/** Answers awaited at a time: a filter may call a service for each document. */
const MAX_AWAITED = 32;

/** The state of a slot's answer. */
const UNKNOWN = 0;
const FAILS = 1;
const PASSES = 2;

/**
 * The answers of a filter function for each document. The function is called while the store is not locked, since it may take long and may use the
 * store itself. Callers find the slots without an answer under the lock, release it, evaluate those slots, and check again.
 */
export class FunctionFilter {
  readonly #contents: StoreContents;
  readonly #filter: (document: Document) => unknown;
  /** The docstore of the answers: a compacted copy has other slots. */
  #documents: Docstore;
  #answers: Uint32Array = new Uint32Array(0);

  constructor(contents: StoreContents, filter: (document: Document) => unknown) {
    this.#contents = contents;
    this.#filter = filter;
    this.#documents = contents.documents;
  }

  /** Whether the document of a slot passes. It must have been evaluated. */
  passes(slot: number): boolean {
    return this.#answers[slot] === PASSES;
  }

  /** The slots without an answer. Call it under a lock. */
  async unevaluated(signal?: AbortSignal): Promise<number[]> {
    const { documents, positions } = this.#contents;
    if (documents !== this.#documents) {
      this.#documents = documents;
      this.#answers = new Uint32Array(0);
    }
    this.#answers = withRoom(this.#answers, documents.slots);
    const slices = workSlices(signal);
    const slots: number[] = [];
    for (let position = 0; position < positions.length; position++) {
      const slot = positions.slotAt(position);
      if (!positions.isRemoved(position) && this.#answers[slot] === UNKNOWN) slots.push(slot);
      if (slices.due()) await slices.pause();
    }
    return slots;
  }

  /**
   * Calls the filter for the documents of these slots, except for those that are removed meanwhile.
   * @throws what the filter throws; InvalidFilterError if an answer is a function or a generator, which would always pass
   */
  async evaluate(slots: readonly number[], signal?: AbortSignal): Promise<void> {
    const slices = workSlices(signal);
    const documents = this.#documents;
    let awaited: Promise<void>[] = [];
    for (const slot of slots) {
      if (documents !== this.#contents.documents) break;
      if (!documents.isNamed(slot)) continue;
      const answer = this.#filter(documents.documentAt(slot));
      if (isThenable(answer)) {
        const kept = Promise.resolve(answer).then((value) => this.#keep(documents, slot, value));
        // It is awaited below, unless another one throws first.
        if (awaited.push(withHandledRejection(kept)) === MAX_AWAITED) {
          await raceWithSignal(Promise.all(awaited), signal);
          awaited = [];
        }
      } else this.#keep(documents, slot, answer);
      if (slices.due()) await slices.pause();
    }
    await raceWithSignal(Promise.all(awaited), signal);
  }

  #keep(documents: Docstore, slot: number, answer: unknown): void {
    const passes = filterAnswer(answer);
    if (documents === this.#documents) this.#answers[slot] = passes ? PASSES : FAILS;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}
