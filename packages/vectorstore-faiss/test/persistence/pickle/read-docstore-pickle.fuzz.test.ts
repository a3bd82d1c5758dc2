import { gunzipSync } from "node:zlib";
import { workSlices } from "@secondpass/core";
import { bytesSource } from "@secondpass/faiss/io";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { ContentsBuilder } from "../../../src/persistence/contents-builder.js";
import { OP } from "../../../src/persistence/pickle/op.js";
import { readDocstorePickle } from "../../../src/persistence/pickle/read-docstore-pickle.js";
import { fromBase64, readGolden } from "../../read-golden.js";
import { mutateBytes, seeded } from "../../store/mutate-bytes.js";
import * as make from "./assemble-pickle.js";

const pickles = [
  ...readGolden<{ pickles: { pickle: string }[] }>("pickles")[0]!.pickles.map(({ pickle }) =>
    fromBase64(pickle),
  ),
  ...["new", "old"].flatMap((name) =>
    readGolden<{ pickle: string; ids: string }>(`pickle-values/${name}`).flatMap(({ pickle, ids }) =>
      [pickle, ids].map((content) => Uint8Array.from(gunzipSync(fromBase64(content)))),
    ),
  ),
];

const mutated = fc
  .record({ of: fc.nat(pickles.length - 1), seed: fc.nat() })
  .map(({ of, seed }) => mutateBytes(pickles[of]!, seeded(seed)));

const NAMES: readonly (readonly [string, string])[] = [
  ["builtins", "set"],
  ["builtins", "frozenset"],
  ["builtins", "bytearray"],
  ["builtins", "bytes"],
  ["builtins", "complex"],
  ["builtins", "getattr"],
  ["builtins", "list"],
  ["_codecs", "encode"],
  ["copyreg", "_reconstructor"],
  ["collections", "OrderedDict"],
  ["collections", "defaultdict"],
  ["collections", "Counter"],
  ["collections", "deque"],
  ["decimal", "Decimal"],
  ["fractions", "Fraction"],
  ["uuid", "UUID"],
  ["datetime", "date"],
  ["datetime", "time"],
  ["datetime", "datetime"],
  ["datetime", "timedelta"],
  ["datetime", "timezone"],
  ["zoneinfo", "ZoneInfo._unpickle"],
  ["pytz", "_p"],
  ["pytz", "FixedOffset"],
  ["dateutil.tz.tz", "tzoffset"],
  ["dateutil.tz.tz", "tzfile"],
  ["dateutil.tz._tzfile", "_unpickle"],
  ["pandas._libs.tslibs.timestamps", "_unpickle_timestamp"],
  ["pandas._libs.tslibs.timedeltas", "_timedelta_unpickle"],
  ["pandas", "NA"],
  ["numpy", "dtype"],
  ["numpy", "ndarray"],
  ["numpy._core.multiarray", "scalar"],
  ["numpy._core.multiarray", "_reconstruct"],
  ["numpy._core.numeric", "_frombuffer"],
  ["pathlib", "PurePosixPath"],
  ["pathlib", "PureWindowsPath"],
  ["langchain_core.documents.base", "Document"],
  ["faiss.swigfaiss", "IndexFlatL2"],
  ["os", "system"],
];

/** Texts that are valid arguments of one of the names. */
const words = fc.constantFrom(
  "latin1",
  "Europe/Berlin",
  "1.5",
  "f8",
  "U3",
  "M8",
  "O8",
  "<",
  "F",
  "C",
  "_unpickle",
  "int",
  "@",
  "id",
  "",
);

const leaf: fc.Arbitrary<Uint8Array> = fc.oneof(
  words.map(make.text),
  fc.string({ unit: "binary", maxLength: 20 }).map(make.text),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(make.int),
  fc.integer({ min: 0, max: 12 }).map(make.int),
  fc.uint8Array({ maxLength: 12 }).map(make.bytes),
  fc.uint8Array({ maxLength: 12 }).map(make.whole),
  fc
    .constantFrom(
      OP.NONE,
      OP.NEWTRUE,
      OP.NEWFALSE,
      OP.EMPTY_TUPLE,
      OP.EMPTY_LIST,
      OP.EMPTY_DICT,
      OP.EMPTY_SET,
    )
    .map((code) => Uint8Array.of(code)),
  fc.double().map((value) => {
    const bytes = Buffer.alloc(9, OP.BINFLOAT);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }),
  fc.constantFrom(...NAMES).map(([module, name]) => make.global(module, name)),
);

/** Values, and calls of any names with any arguments, including values that are memoized and recalled. */
const { value } = fc.letrec<{ value: Uint8Array; items: Uint8Array[] }>((tie) => ({
  items: fc.array(tie("value"), { maxLength: 4 }),
  value: fc.oneof(
    { depthSize: "medium" },
    leaf,
    fc.nat(5).map(make.get),
    fc.tuple(tie("value"), fc.nat(5)).map(([one, index]) => make.join(one, OP.BINPUT, index)),
    tie("items").map((items) => make.tuple(...items)),
    tie("items").map((items) => make.list(...items)),
    tie("items").map((items) => make.join(OP.MARK, ...items, OP.FROZENSET)),
    fc
      .array(fc.tuple(fc.oneof(words.map(make.text), tie("value")), tie("value")), { maxLength: 3 })
      .map((entries) => make.dict(...entries)),
    fc
      .tuple(fc.constantFrom(...NAMES), tie("items"))
      .map(([[module, name], args]) => make.call(make.global(module, name), make.tuple(...args))),
    fc.tuple(tie("value"), tie("value")).map(([made, state]) => make.state(made, state)),
  ),
}));

/** The memo entries that the values recall. */
const BEFORE = Array.from({ length: 6 }, (_, i) => make.kept(i, make.int(i)));

const generated = fc.oneof(
  value.map((one) => make.storeOf(BEFORE, one)),
  fc
    .tuple(value, value)
    .map(([id, one]) =>
      make.store(BEFORE, [[id, make.document(make.text("x"), make.dict([make.text("v"), one]))]]),
    ),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...Object.values(OP)).map((code) => Uint8Array.of(code)),
        leaf,
      ),
      { maxLength: 60 },
    )
    .map((parts) => make.join(...parts, OP.STOP)),
);

/** Reads the whole file, including documents in both views. */
async function readAll(pickle: Uint8Array): Promise<void> {
  const builder = new ContentsBuilder();
  await readDocstorePickle(bytesSource(pickle), builder);
  const { documents, positions } = await builder.build(builder.length, workSlices());
  for (let position = 0; position < positions.length; position++) {
    documents.documentAt(positions.slotAt(position));
    documents.pythonMetadataAt(positions.slotAt(position));
  }
}

fuzz({ name: "vectorstore-faiss: damaged index.pkl", arbitrary: mutated, run: readAll });
fuzz({ name: "vectorstore-faiss: made-up index.pkl", arbitrary: generated, run: readAll, shortRuns: 500 });
