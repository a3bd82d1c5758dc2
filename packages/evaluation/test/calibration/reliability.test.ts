import { describe, expect, it } from "@jest/globals";
import { areaUnderCurve, judgeBestScores, reliability, reliabilityDiagram } from "../../src/index.js";
import golden from "../goldens/calibration.json";

describe("reliability", () => {
  it.each(golden.cases.map((example, i) => [i, example] as const))(
    "judges as scikit-learn, case %d",
    (_, { probabilities, relevant, brier, calibrationError, bins, scores, auc }) => {
      const statements = probabilities.map((probability, i) => ({ probability, relevant: relevant[i]! }));
      const found = reliability(statements);
      expect(found.brierScore).toBeCloseTo(brier, 12);
      expect(found.calibrationError).toBeCloseTo(calibrationError, 12);
      const filled = found.bins.filter(({ count }) => count > 0);
      expect(filled.map(({ stated }) => stated)).toEqual(
        bins.map(({ stated }) => expect.closeTo(stated, 12)),
      );
      expect(filled.map((bin) => bin.relevant)).toEqual(bins.map(({ share }) => expect.closeTo(share, 12)));
      const positives = scores.filter((_, i) => relevant[i]);
      const negatives = scores.filter((_, i) => !relevant[i]);
      expect(areaUnderCurve(positives, negatives)).toBeCloseTo(auc, 12);
    },
  );

  it("is zero for no statements, and throws if a value is not a probability", () => {
    expect(reliability([])).toMatchObject({ calibrationError: 0, brierScore: 0 });
    expect(() => reliability([{ probability: 1.2, relevant: true }])).toThrow("statements[0].probability");
  });
});

describe("reliabilityDiagram", () => {
  it("is a picture with a title, a description and a dot for each filled bin", () => {
    const statements = [0.05, 0.5, 0.52, 0.95].map((probability) => ({
      probability,
      relevant: probability > 0.5,
    }));
    const svg = reliabilityDiagram(reliability(statements), { title: 'a <b> & "c"' });
    expect(svg).toContain('role="img"');
    expect(svg).toContain("<title>a &lt;b&gt; &amp; &quot;c&quot;</title>");
    expect(svg.match(/<circle/g)).toHaveLength(4);
    expect(svg).toContain("Expected calibration error");
    expect(svg).not.toMatch(/NaN|undefined|style=|href/);
    expect(reliabilityDiagram(reliability([]))).not.toMatch(/NaN|<circle/);
  });
});

describe("judgeBestScores", () => {
  const answerable = Array.from({ length: 40 }, (_, i) => 2 + (i % 10) / 5);
  const offTopic = Array.from({ length: 40 }, (_, i) => -3 + (i % 10) / 5);
  const unanswerable = Array.from({ length: 40 }, (_, i) => 1.9 + (i % 10) / 5);

  it("reports which kinds of questions the best score separates", async () => {
    const judged = await judgeBestScores({ answerable, offTopic, unanswerable }, { threshold: 2 });
    expect(judged.kinds).toMatchObject([
      { kind: "offTopic", auc: 1, answered: 0 },
      { kind: "unanswerable", answered: 0.9 },
    ]);
    expect(judged.kinds[1]!.low).toBeLessThan(judged.kinds[1]!.auc);
    expect(judged.answered).toBe(1);
    const [first, second, third] = judged.text.split("\n");
    expect(first).toMatch(/^Off-topic \(40 questions\).*100 %.*well.*0 % reach/);
    expect(second).toMatch(/^Unanswerable.*no better than chance.*90 % reach/);
    expect(third).toBe("Answerable (40 questions): 100 % reach the threshold.");
  });

  it("is the same for the same seed, and omits missing kinds", async () => {
    const once = await judgeBestScores({ answerable, unanswerable });
    expect(await judgeBestScores({ answerable, unanswerable })).toEqual(once);
    expect(once.kinds.map(({ kind }) => kind)).toEqual(["unanswerable"]);
    expect(once.text).not.toContain("threshold and");
  });

  it("throws for lists without scores", async () => {
    await expect(judgeBestScores({ answerable: [] })).rejects.toThrow("answerable");
    await expect(judgeBestScores({ answerable, offTopic: [Number.NaN] })).rejects.toThrow("offTopic[0]");
  });
});
