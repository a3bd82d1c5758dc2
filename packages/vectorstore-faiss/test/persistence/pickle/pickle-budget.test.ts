import { describe, expect, it } from "@jest/globals";
import { workSlices } from "@secondpass/core";
import { FaissError } from "@secondpass/faiss";
import { bytesSource } from "@secondpass/faiss/io";
import { PickleBudgetError } from "../../../src/errors/pickle-budget-error.js";
import { ContentsBuilder } from "../../../src/persistence/contents-builder.js";
import { OP } from "../../../src/persistence/pickle/op.js";
import { readDocstorePickle } from "../../../src/persistence/pickle/read-docstore-pickle.js";
import * as make from "./assemble-pickle.js";

const { call, dict, document, get, global, int, join, kept, list, repeat, store, storeOf, text, tuple } =
  make;

const NONE = Uint8Array.of(OP.NONE);
const EMPTY_DICT = Uint8Array.of(OP.EMPTY_DICT);
const long = text("1".repeat(300_000));
const manyItems = tuple(repeat(200_000, NONE));
/** A list of as many items as make a file of about 900 kB, or of another size. */
const manyOf = (before: readonly Uint8Array[], item: Uint8Array, size = 900_000) => {
  const room = size - before.reduce((sum, { length }) => sum + length, 0);
  return storeOf(before, list(repeat(room / item.length, item)));
};
const dtype = (code: string) =>
  make.state(
    call(global("numpy", "dtype"), tuple(text(code))),
    tuple(int(3), text("<"), repeat(3, NONE), int(-1), int(-1), int(0)),
  );
const array = (shape: readonly number[], code: string, content: Uint8Array) =>
  make.state(
    call(global("numpy._core.multiarray", "_reconstruct"), tuple(global("numpy", "ndarray"))),
    tuple(int(1), tuple(...shape.map(int)), dtype(code), Uint8Array.of(OP.NEWFALSE), make.bytes(content)),
  );
const wholeNumber = make.whole(Buffer.alloc(4000, 0x5a));

/** Files of at most 1 MB that need gigabytes of memory or minutes of work. */
const GREEDY: Record<string, () => Uint8Array> = {
  "sets of one tuple": () => manyOf([kept(1, tuple(manyItems))], call(global("builtins", "set"), get(1))),
  "counters of one dict": () =>
    manyOf(
      [kept(1, tuple(join(OP.EMPTY_DICT, OP.MARK, repeat(200_000, NONE), OP.SETITEMS)))],
      call(global("collections", "Counter"), get(1)),
    ),
  "paths of one text": () =>
    manyOf(
      [kept(2, text("a/".repeat(100_000))), kept(1, tuple(get(2), get(2)))],
      call(global("pathlib", "PurePosixPath"), get(1)),
    ),
  "Windows paths of one text": () =>
    manyOf([kept(1, tuple(text("a\\".repeat(100_000))))], call(global("pathlib", "PureWindowsPath"), get(1))),
  "bytes of one text": () =>
    manyOf([kept(1, tuple(long, text("latin1")))], call(global("_codecs", "encode"), get(1))),
  "byte arrays of one text": () =>
    manyOf([kept(1, tuple(long))], call(global("builtins", "bytearray"), get(1))),
  "decimals of one text": () => manyOf([kept(1, tuple(long))], call(global("decimal", "Decimal"), get(1))),
  "one decimal": () => manyOf([kept(1, call(global("decimal", "Decimal"), tuple(long)))], get(1)),
  "fractions of one number": () =>
    manyOf(
      [kept(2, wholeNumber), kept(1, tuple(get(2), get(2)))],
      call(global("fractions", "Fraction"), get(1)),
    ),
  "one whole number": () => manyOf([kept(1, wholeNumber)], get(1)),
  "one text": () => manyOf([kept(1, long)], get(1)),
  "one key": () =>
    storeOf([kept(1, long)], join(OP.EMPTY_DICT, OP.MARK, repeat(50_000, join(get(1), NONE)), OP.SETITEMS)),
  "one array": () => manyOf([kept(1, array([300_000], "b1", new Uint8Array(300_000)))], get(1)),
  "one numpy text": () => manyOf([kept(1, array([1], "U50000", new Uint8Array(200_000)))], get(1)),
  "numpy scalars of one text": () =>
    manyOf(
      [kept(1, tuple(dtype("U50000"), make.bytes(new Uint8Array(200_000))))],
      call(global("numpy.core.multiarray", "scalar"), get(1)),
    ),
  "an array with an empty dimension": () => storeOf([], array([2 ** 31 - 1, 0], "f8", new Uint8Array(0))),
  "an array of empty texts": () => storeOf([], array([2 ** 31 - 1], "U0", new Uint8Array(0))),
  "a bomb of lists": () => {
    const levels = Array.from({ length: 60 }, (_, i) => join(OP.POP, list(get(i), get(i)), OP.BINPUT, i + 1));
    return storeOf([], join(NONE, OP.BINPUT, 0, ...levels));
  },
  "datetimes of many days": () =>
    storeOf(
      [
        kept(1, call(global("zoneinfo", "ZoneInfo._unpickle"), tuple(text("Europe/Berlin")))),
        kept(2, global("datetime", "datetime")),
      ],
      list(
        ...Array.from({ length: 30_000 }, (_, i) => {
          const year = 1 + ((i * 7919) % 9998);
          const day = Uint8Array.of(year >> 8, year & 0xff, 1 + (i % 12), 1 + (i % 28), 0, 0, 0, 0, 0, 0);
          return call(get(2), tuple(make.bytes(day), get(1)));
        }),
      ),
    ),
  "one content of many documents": () =>
    store(
      [kept(1, long)],
      Array.from({ length: 4000 }, (_, i) => [int(i), document(get(1), EMPTY_DICT)] as const),
    ),
  "one metadata of many documents": () =>
    store(
      [kept(1, dict([text("k"), list(repeat(100_000, Uint8Array.of(OP.NEWTRUE)))]))],
      Array.from({ length: 4000 }, (_, i) => [int(i), document(text("x"), get(1))] as const),
    ),
  "one document of many ids": () =>
    store(
      [kept(1, document(long, EMPTY_DICT))],
      Array.from({ length: 10_000 }, (_, i) => [int(i), get(1)] as const),
    ),
  "one long id of many positions": () =>
    store(
      [kept(1, long)],
      [[get(1), document(text("x"), EMPTY_DICT)]],
      join(OP.EMPTY_DICT, OP.MARK, repeat(100_000, join(OP.NEWFALSE, get(1))), OP.SETITEMS),
    ),
  "long ids of one text": () =>
    store(
      [kept(1, long)],
      Array.from(
        { length: 2000 },
        (_, i) => [tuple(get(1), int(i)), document(text("x"), EMPTY_DICT)] as const,
      ),
    ),
  "one state with many fields": () =>
    join(
      kept(
        1,
        join(
          dict([text("page_content"), text("x")], [text("metadata"), EMPTY_DICT]),
          OP.MARK,
          repeat(200_000, NONE),
          OP.SETITEMS,
        ),
      ),
      global("langchain_core.documents.base", "Document"),
      OP.EMPTY_TUPLE,
      OP.NEWOBJ,
      repeat(200_000, join(get(1), OP.BUILD)),
      OP.STOP,
    ),
};

async function read(pickle: Uint8Array): Promise<ContentsBuilder> {
  const builder = new ContentsBuilder();
  await readDocstorePickle(bytesSource(pickle), builder);
  return builder;
}

describe("a pickle of at most 1 MB", () => {
  it.each(Object.keys(GREEDY))("throws if it expands to far more: %s", async (name) => {
    const pickle = GREEDY[name]!();
    expect(pickle.length).toBeLessThan(1_000_000);
    await expect(read(pickle)).rejects.toThrow(PickleBudgetError);
  });

  it.each([
    ["empty lists", Uint8Array.of(OP.EMPTY_LIST)],
    ["empty tuples", Uint8Array.of(OP.EMPTY_TUPLE)],
    ["empty sets", Uint8Array.of(OP.EMPTY_SET)],
    ["booleans", Uint8Array.of(OP.NEWTRUE)],
    ["control characters", text("\u0001".repeat(1000))],
    ["long whole numbers", wholeNumber],
  ])("is read if it shares nothing: %s", async (_title, item) => {
    const builder = await read(manyOf([], item, 200_000));
    const { documents } = await builder.build(builder.length, workSlices());
    const held = Math.floor(200_000 / item.length);
    expect(documents.metadataAt(0).v).toHaveLength(held);
  });

  it.each([
    [
      "lists nested 100,000 deep",
      storeOf([], join(repeat(1e5, Uint8Array.of(OP.EMPTY_LIST)), repeat(99_999, Uint8Array.of(OP.APPEND)))),
    ],
    ["tuples nested 500,000 deep", storeOf([], join(NONE, repeat(5e5, Uint8Array.of(OP.TUPLE1))))],
    ["a list that contains itself", storeOf([], join(OP.EMPTY_LIST, OP.BINPUT, 1, get(1), OP.APPEND))],
    [
      "a dict that contains itself",
      storeOf([], join(OP.EMPTY_DICT, OP.BINPUT, 1, text("a"), get(1), OP.SETITEM)),
    ],
    ["a name of 300,000 letters", join(global(`faiss.swigfaiss_${"a".repeat(3e5)}`, "Index"), OP.STOP)],
    ["a whole number of 300,000 digits", join(Buffer.from(`I${"7".repeat(3e5)}\n`), OP.STOP)],
    ["a memo entry beyond all", join(NONE, Buffer.from("p999999999999999\ng999999999999998\n"), OP.STOP)],
    ["no end", join(OP.PROTO, 4, repeat(1e5, NONE))],
    ["nothing", new Uint8Array(0)],
    ["a persistent id", Buffer.from("Pabc\n.")],
    ["an extension", Uint8Array.of(0x82, 1, OP.STOP)],
    ["a buffer that is elsewhere", Uint8Array.of(0x97, OP.STOP)],
    ["an invalid decimal", storeOf([], call(global("decimal", "Decimal"), tuple(text("1,5"))))],
    ["an unknown zone", storeOf([], call(global("pytz", "_p"), tuple(text("No/Where"))))],
    ["a zone in lower case", storeOf([], call(global("pytz", "_p"), tuple(text("europe/berlin"))))],
    ["a numpy record", storeOf([], array([1], "V8", new Uint8Array(8)))],
    ["a long double", storeOf([], array([1], "f16", new Uint8Array(16)))],
    ["an array whose shape does not fit", storeOf([], array([3], "f8", new Uint8Array(16)))],
  ])("ends in a typed error: %s", async (_title, pickle) => {
    const error = await read(pickle).catch((reason: unknown) => reason);
    expect(FaissError.isInstance(error)).toBe(true);
    expect((error as Error).message.length).toBeLessThan(1000);
  });
});
