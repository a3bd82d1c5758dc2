import { beforeEach, describe, expect, it } from "@jest/globals";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import fc from "fast-check";
import { type FilterCase, filterCases, metadataValues } from "./filter/filter-cases.js";

type Filter = Record<string, unknown> | ((document: Document) => unknown);

/** A document to add. */
interface Added {
  readonly id: string;
  readonly pageContent: string;
  readonly metadata: Record<string, unknown>;
}

/** Documents that can be searched with a filter. */
export interface FilteredDocuments {
  /** Adds documents, and replaces those with the same ids. */
  add(documents: Document[]): Promise<unknown>;
  /** Deletes documents; ignores unknown ids. */
  delete(params: { ids: string[]; ignoreMissing: true } | { filter: Filter }): Promise<unknown>;
  /** Finds the k best documents that pass the filter, at least among those with a word of the question. */
  search(question: string, k: number, filter: Filter, signal?: AbortSignal): Promise<DocumentInterface[]>;
  /** Saves everything, and loads it again. */
  reopen(): Promise<FilteredDocuments>;
}

/** Each text has one of these words, and the question all. */
const WORDS = ["ba", "be", "bi", "bo", "bu"];
const QUESTION = WORDS.join(" ");

/** Maximum number of changes in one run of the property. */
const MAX_CHANGES = 6;
const RUNS = 25;

/**
 * Tests the laws of filters, for everything that searches: no search returns a document that does not pass, and every document that passes can be found, also after
 * adding, replacing, deleting, saving and loading. Call it inside a `describe`.
 * @param create makes an empty collection; called for each test
 */
export function filterSuite(create: () => Promise<FilteredDocuments>): void {
  describe("with a filter", () => {
    let given: FilteredDocuments;
    beforeEach(async () => {
      given = await create();
    });

    const document = (id: string, tenant: string, words = QUESTION) =>
      new Document({ id, pageContent: words, metadata: { tenant } });
    const isOwn = ({ metadata }: Document) => metadata.tenant === "own";
    /** Makes many documents of another tenant, which match better by words and meaning, and a few of the own tenant. */
    const twoTenants = () => [
      ...Array.from({ length: 150 }, (_, i) => document(`other ${i}`, "other")),
      ...Array.from({ length: 5 }, (_, i) => document(`own ${i}`, "own", `${WORDS[i]} x y z`)),
    ];
    const OWN = Array.from({ length: 5 }, (_, i) => `own ${i}`);
    const idsOf = (found: readonly DocumentInterface[]) => found.map(({ id }) => id!).sort();

    it("finds the same as a loop over all documents, after any changes", async () => {
      const id = fc.integer({ min: 0, max: 9 }).map(String);
      const text = fc
        .uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 })
        .map((words) => words.join(" "));
      const added = fc.record({ id, pageContent: text, metadata: metadataValues() });
      const change = fc.oneof(
        { weight: 4, arbitrary: fc.uniqueArray(added, { selector: (one) => one.id, maxLength: 6 }) },
        { weight: 1, arbitrary: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }) },
        { weight: 1, arbitrary: fc.record({ matching: filterCases() }) },
        { weight: 1, arbitrary: fc.constant("reopen" as const) },
      );
      const changes = fc.array(change, { maxLength: MAX_CHANGES });
      await fc.assert(
        fc.asyncProperty(
          changes,
          filterCases(),
          fc.integer({ min: 1, max: 12 }),
          async (steps, filter, k) => {
            let documents = await create();
            const left = new Map<string, Document>();
            for (const step of steps) {
              if (step === "reopen") documents = await documents.reopen();
              else if ("matching" in step) {
                await documents.delete({ filter: step.matching.filter });
                for (const [key, one] of left) if (step.matching.passes(one.metadata)) left.delete(key);
              } else if (step.every((one) => typeof one === "string")) {
                await documents.delete({ ids: step, ignoreMissing: true });
                for (const key of step) left.delete(key);
              } else {
                const fresh = (step as Added[]).map((one) => new Document(one));
                await documents.add(fresh);
                for (const one of fresh) left.set(one.id!, one);
              }
            }
            const passing = [...left.values()].filter(({ metadata }) => filter.passes(metadata));
            await expectAlike(documents, filter, passing, k);
          },
        ),
        { numRuns: RUNS },
      );
    });

    /** Expects filters in each form to find the same, unchanged documents. */
    async function expectAlike(
      documents: FilteredDocuments,
      { filter, passes }: FilterCase,
      passing: readonly Document[],
      k: number,
    ): Promise<void> {
      const forms: Filter[] = [
        filter,
        ({ metadata }) => passes(metadata),
        async ({ metadata }) => passes(metadata),
      ];
      for (const form of forms) {
        const found = await documents.search(QUESTION, 50, form);
        expect(idsOf(found)).toEqual(idsOf(passing));
        for (const one of found) {
          const original = passing.find(({ id }) => id === one.id)!;
          expect(one.pageContent).toBe(original.pageContent);
          expect(one.metadata).toMatchObject(original.metadata);
        }
        const best = await documents.search(QUESTION, k, form);
        expect(best).toHaveLength(Math.min(k, passing.length));
        expect(passing.map(({ id }) => id)).toEqual(expect.arrayContaining(idsOf(best)));
      }
    }

    it("finds a tenant's documents, however many better ones others have", async () => {
      await given.add(twoTenants());
      for (const documents of [given, await given.reopen()]) {
        for (const filter of [{ tenant: "own" }, isOwn, async (one: Document) => isOwn(one)]) {
          expect(idsOf(await documents.search(QUESTION, 5, filter))).toEqual(OWN);
          expect(idsOf(await documents.search(QUESTION, 2, filter))).toHaveLength(2);
          expect(idsOf(await documents.search(QUESTION, 1000, filter))).toEqual(OWN);
        }
        expect(await documents.search(QUESTION, 5, { tenant: "nobody" })).toEqual([]);
      }
    });

    it("follows a document that moves to another tenant", async () => {
      await given.add([document("1", "own"), document("2", "other")]);
      await given.add([document("1", "other"), document("2", "own")]);
      for (const documents of [given, await given.reopen()]) {
        expect(idsOf(await documents.search(QUESTION, 9, { tenant: "own" }))).toEqual(["2"]);
        expect(idsOf(await documents.search(QUESTION, 9, isOwn))).toEqual(["2"]);
      }
      await given.delete({ filter: { tenant: "own" } });
      expect(await given.search(QUESTION, 9, { tenant: "own" })).toEqual([]);
      expect(idsOf(await given.search(QUESTION, 9, { tenant: "other" }))).toEqual(["1"]);
    });

    it("never returns a document that changes its tenant while the filter runs", async () => {
      await given.add([...twoTenants(), document("goes", "own")]);
      let isGone = false;
      const filter = async (one: Document) => {
        if (one.id === "goes" && !isGone) {
          isGone = true;
          await given.add([document("goes", "other")]);
        }
        return isOwn(one);
      };
      const found = await given.search(QUESTION, 9, filter);
      expect(found.map(({ metadata }) => metadata.tenant)).toEqual(found.map(() => "own"));
      expect(idsOf(found)).toEqual(expect.arrayContaining(OWN));
    });

    it("rethrows a function's error, and returns nothing", async () => {
      await given.add(twoTenants());
      const failing = new Error("not allowed");
      for (const filter of [
        () => {
          throw failing;
        },
        async () => {
          throw failing;
        },
        ({ id }: Document) => (id === "own 3" ? Promise.reject(failing) : true),
      ]) {
        await expect(given.search(QUESTION, 200, filter)).rejects.toBe(failing);
      }
      expect(idsOf(await given.search(QUESTION, 9, isOwn))).toEqual(OWN);
    });

    it("throws for filters that would let everything pass: a function that returns a function, or unknown operators", async () => {
      await given.add(twoTenants());
      const wrong: Filter[] = [
        () => isOwn,
        async () => isOwn,
        { tenant: { $is: "own" } },
        { $xor: [] },
        { tenant: undefined },
      ];
      for (const filter of wrong) {
        await expect(given.search(QUESTION, 9, filter)).rejects.toMatchObject({ name: "InvalidFilterError" });
        await expect(given.delete({ filter })).rejects.toMatchObject({ name: "InvalidFilterError" });
      }
    });

    it("passes copies to a function", async () => {
      await given.add(twoTenants());
      const change = (one: Document) => {
        const isPassing = isOwn(one);
        one.metadata.tenant = "own";
        one.pageContent = "changed";
        return isPassing;
      };
      for (let i = 0; i < 2; i++) {
        const found = await given.search(QUESTION, 9, change);
        expect(idsOf(found)).toEqual(OWN);
        expect(found.every(({ pageContent }) => pageContent.endsWith(" x y z"))).toBe(true);
      }
    });

    it("stops calling the filter when it is aborted", async () => {
      await given.add(twoTenants());
      const controller = new AbortController();
      let calls = 0;
      const filter = async () => {
        if (++calls === 3) controller.abort();
        return true;
      };
      await expect(given.search(QUESTION, 9, filter, controller.signal)).rejects.toThrow("aborted");
      expect(calls).toBeLessThan(64);
    });
  });
}
