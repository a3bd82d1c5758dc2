import { afterAll, describe, expect, it, jest } from "@jest/globals";
import { CurrentCollection } from "../../src/page/current-collection.js";
import { CorpusFolder } from "../corpus-folder.js";
import { runMain } from "../run-main.js";

jest.setTimeout(60_000);

const corpus = new CorpusFolder({ "a.md": "A lighthouse guides ships at night.\n" });
afterAll(() => corpus.dispose());

const index = async () =>
  expect((await runMain(["index", corpus.texts, "--index", corpus.index])).code).toBe(0);

describe("CurrentCollection", () => {
  it("is the current index; running requests keep an older one", async () => {
    const collection = new CurrentCollection(corpus.index);
    expect(await collection.facts()).toBeUndefined();
    await expect(collection.use(async () => 0)).rejects.toThrow("There is no index in");

    await index();
    const first = await collection.facts();
    expect(first).toMatchObject({ id: "index", name: "texts", files: 1, passages: 1, isTemporary: false });
    expect(await collection.facts()).toEqual(first);

    let goOn = () => {};
    const replaced = new Promise<void>((resolve) => (goOn = resolve));
    const underWay = collection.use(async ({ facts, index: { store } }) => {
      await replaced;
      return [facts.version, (await store.search("What guides ships?", { k: 9, mode: "lexical" })).length];
    });
    await collection.use(async () => {});
    corpus.write("b.md", "Pilots guide ships into harbours.\n");
    await index();
    const second = await collection.facts();
    expect(second).toMatchObject({ files: 2, passages: 2 });
    expect(second?.version).not.toBe(first?.version);
    goOn();
    expect(await underWay).toEqual([first?.version, 1]);
    await collection.retire();
  });

  it("says whether a passage's file has changed since it was indexed", async () => {
    await index();
    const collection = new CurrentCollection(corpus.index);
    const read = (id: string) => collection.use((one) => one.read("a.md", 0, id));
    const [found] = await collection.use(({ index: { store } }) => store.search("lighthouse", { k: 1 }));
    const id = found?.document.id as string;
    expect((await read(id)).isChanged).toBe(false);
    corpus.write("a.md", "Once: a lighthouse guides ships at night.\n");
    expect((await read(id)).isChanged).toBe(true);
    // Then the index has the new file, but the passage on the screen is from the old one.
    await index();
    expect((await read(id)).isChanged).toBe(true);
    await collection.retire();
  });
});
