import { describe, expect, it } from "@jest/globals";
import { modelType } from "../../src/tokenizer/json/model-json.js";
import { models } from "../../src/tokenizer/model/models.js";
import { normalizers } from "../../src/tokenizer/normalizer/normalizers.js";
import { postProcessors } from "../../src/tokenizer/post-processor/post-processors.js";
import { preTokenizers } from "../../src/tokenizer/pre-tokenizer/pre-tokenizers.js";
import { tokenizerClasses } from "../../src/tokenizer/tokenizer-class/tokenizer-classes.js";
import classes from "../goldens/tokenize/classes.json";
import codePoints from "../goldens/tokenize/code_points.json";
import files from "../goldens/tokenize/files.json";
import ids from "../goldens/tokenize/ids.json";
import { readFixture } from "./read-fixture.js";

const fixtures = ["roberta", "unigram", "wordpiece"].map(readFixture);

/** Every `type` of a stage in a golden, or in the fixture that the golden changes. */
function tested(stage: "normalizer" | "pre_tokenizer" | "post_processor"): ReadonlySet<string> {
  const changes = [...ids.cases, ...codePoints.cases].map((one) => (one.changes as Changes)[stage]);
  return new Set([...fixtures.map((fixture) => fixture[stage]), ...changes].flatMap(typesOf));
}

describe("every kind has a golden from Python, except for a known list", () => {
  it.each([
    [
      "normalizers",
      normalizers.flatMap(({ types }) => types),
      tested("normalizer"),
      ["ByteLevel", "Prepend"],
    ],
    [
      "pre-tokenizers",
      preTokenizers.map(({ type }) => type),
      tested("pre_tokenizer"),
      ["CharDelimiterSplit", "FixedLength", "Replace"],
    ],
    [
      "models",
      models.map(({ type }) => type),
      new Set(fixtures.map(({ model }) => modelType(model))),
      // FastBPE is in files.json, because no tokenizer.json has it.
      ["FastBPE", "WordLevel"],
    ],
    [
      "post-processors",
      postProcessors.map(({ type }) => type),
      tested("post_processor"),
      ["BertProcessing", "ByteLevel", "Sequence"],
    ],
  ] as const)("%s", (_name, kinds, golden, without) => {
    expect(kinds.filter((kind) => !golden.has(kind))).toEqual(without);
  });

  it("tokenizer classes", () => {
    const named = JSON.stringify([classes.cases, files.files]);
    const isTested = (name: string) => named.includes(`"${name}"`) || named.includes(`"${name}Fast"`);
    const isKnown = tokenizerClasses.map((one) => [...one.withTypeIds, ...one.withoutTypeIds].some(isTested));
    expect(isKnown).toEqual(tokenizerClasses.map(() => true));
  });
});

type Changes = Readonly<Record<string, unknown>>;

/** The `type` of a component and of those inside it. */
function typesOf(component: unknown): readonly string[] {
  if (typeof component !== "object" || component === null) return [];
  const { type, normalizers = [], pretokenizers = [], processors = [] } = component as Parts;
  const parts = [...normalizers, ...pretokenizers, ...processors].flatMap(typesOf);
  return type === undefined ? parts : [type, ...parts];
}

interface Parts {
  readonly type?: string;
  readonly normalizers?: readonly unknown[];
  readonly pretokenizers?: readonly unknown[];
  readonly processors?: readonly unknown[];
}
