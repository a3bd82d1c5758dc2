import { FakeEmbeddings } from "../../../../packages/test-kit/src/fakes/fake-embeddings.js";
import { entry } from "../entry.js";
import { Fixed, FREE, Open, Optional } from "../wrong-calls.js";
import type { FunctionCalls } from "./function-calls.js";

const { checkNumber } = entry("core/dist/index.cjs");
const signal = new AbortController().signal;
const signalled = new Optional(signal);
const embeddings = new FakeEmbeddings({ dimensions: 4 });
/** Name of the checked option or argument. */
const named = new Fixed("option");

export const CORE_FUNCTIONS: FunctionCalls = {
  activationFunction: ["sigmoid"],
  activationName: ["torch.nn.Sigmoid"],
  bindSignal: [embeddings, signalled],
  checkBytes: [named, new Uint8Array(1)],
  checkBoolean: [named, true],
  checkCallback: [named, () => true],
  checkCallOptions: [new Optional({ signal }), new Fixed("search"), new Fixed(["signal"])],
  checkCount: [named, 1],
  checkDocuments: [[{ pageContent: "one" }], named],
  checkEmbeddings: [embeddings, named],
  checkFilter: [named, new Optional(() => true)],
  checkFunction: [named, new Optional(() => true)],
  checkHasMethod: [named, embeddings, new Fixed(["embedQuery"]), new Fixed("embeddings")],
  checkKnownOptions: [new Optional({ topN: FREE }), new Fixed(["topN"]), new Fixed("rank")],
  checkMetadatas: [new Open({ page: FREE })],
  checkNumber: [named, 1],
  checkObject: [named, new Open({ page: FREE })],
  checkOneOf: [named, "a", new Fixed(["a", "b"])],
  checkOptionValues: [new Optional(new Open({ topN: 1 })), new Fixed({ topN: checkNumber })],
  checkPairs: [[["one", "two"]], named],
  checkPositiveInteger: [named, 1],
  checkSignal: [signalled],
  checkText: ["one", named],
  checkTexts: [["one"], named],
  compareValues: [FREE, FREE],
  compileFilter: [new Open({ page: FREE })],
  delay: [1, signalled],
  describeValue: [FREE],
  equalValues: [FREE, FREE],
  filterAnswer: [new Fixed(true)],
  findUnknownText: [FREE, "one", { recommended: "a", signal }],
  latinLanguage: ["one"],
  nearestName: ["topn", ["topN"]],
  nextTurn: [],
  onAbort: [signalled, () => undefined],
  orderByScore: [[1, 2], new Optional(1)],
  pickOptions: [new Open({ topN: FREE }), new Fixed(["topN"])],
  raceWithSignal: [FREE, signalled],
  retryAfter: [new Optional("3"), new Optional(0)],
  warnOfUnknownText: [
    new Open({ model: "a", knownShare: 0.5, recommended: "b" }),
    "It is searched by words.",
  ],
  withHandledRejection: [FREE],
  workSlices: [signalled, new Optional({ stepsPerCheck: 1 })],
};
