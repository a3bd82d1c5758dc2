import { describe, expect, it } from "@jest/globals";
import { classificationOf } from "../../src/models/classification.js";

const BERT = { architectures: ["BertForSequenceClassification"] };
const TANH = "torch.nn.modules.activation.Tanh";
const RELU = "torch.nn.modules.activation.ReLU";

describe("a cross-encoder's labels", () => {
  it("are as many as id2label names, in the order of their numbers", () => {
    const id2label = {
      10: "k",
      0: "a",
      1: "b",
      2: "c",
      3: "d",
      4: "e",
      5: "f",
      6: "g",
      7: "h",
      8: "i",
      9: "j",
    };
    const { numLabels, labels } = classificationOf({ ...BERT, id2label });
    expect(numLabels).toBe(11);
    expect(labels.join("")).toBe("abcdefghijk");
  });

  it("are as many as num_labels says, without names if the names do not fit", () => {
    expect(classificationOf({ ...BERT, num_labels: 3, id2label: { 0: "a" } })).toMatchObject({
      numLabels: 3,
      labels: [],
    });
  });

  it("are transformers' default of two if a classifier names none", () => {
    expect(classificationOf(BERT).numLabels).toBe(2);
  });

  it("are one if the model was not a classifier", () => {
    expect(classificationOf({ architectures: ["BertModel"], num_labels: 3 }).numLabels).toBe(1);
    expect(classificationOf({}).numLabels).toBe(1);
  });
});

describe("a cross-encoder's activation", () => {
  const one = { ...BERT, num_labels: 1 };

  it("is sigmoid for one label and identity for several, unless configured", () => {
    expect(classificationOf(one).activation).toBe("sigmoid");
    expect(classificationOf({ ...BERT, num_labels: 3 }).activation).toBe("identity");
  });

  it("is read from each key that sentence-transformers has written it to", () => {
    expect(classificationOf({ ...one, sbert_ce_default_activation_function: TANH }).activation).toBe("tanh");
    expect(classificationOf({ ...one, sentence_transformers: { activation_fn: TANH } }).activation).toBe(
      "tanh",
    );
    const newer = { activation_fn: TANH };
    expect(classificationOf(one, newer).activation).toBe("tanh");
  });

  it("is the newest key's if several have one", () => {
    const old = { ...one, sbert_ce_default_activation_function: RELU };
    expect(classificationOf({ ...old, sentence_transformers: { activation_fn: TANH } }).activation).toBe(
      "tanh",
    );
    expect(classificationOf(old, { activation_fn: TANH }).activation).toBe("tanh");
  });

  it("is the default if the configured class is not torch's own, which Python does not trust either", () => {
    expect(
      classificationOf({ ...one, sbert_ce_default_activation_function: "evil.Payload" }).activation,
    ).toBe("sigmoid");
  });
});
