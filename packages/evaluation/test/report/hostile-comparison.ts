import { Document } from "@langchain/core/documents";
import { compareRankings, type RankingComparison } from "../../src/index.js";

/** A text that would run, break out, or reverse the page's direction if it were not escaped. */
export const HOSTILE =
  `</style></title><script>parent.hacked = hacked = true</script><img src=x onerror="parent.hacked = true">` +
  `"><svg onload='parent.hacked = true'> | \`code\` [link](javascript:alert(1)) \u202e\u0000\u001b[31m & \ud800 {{x}}`;

/** A comparison in which every text from outside is hostile. */
export function hostileComparison(): Promise<RankingComparison> {
  const passage = `${HOSTILE} with words enough`;
  const right = new Document({ pageContent: passage, metadata: { source: HOSTILE } });
  const wrong = new Document({
    pageContent: `${HOSTILE.slice(0, 60)} and other words`,
    metadata: { source: HOSTILE },
  });
  return compareRankings({
    questions: [
      { question: HOSTILE, answers: [{ passage, source: HOSTILE }], origin: "heading" },
      { question: `${HOSTILE} 2`, answers: [{ passage: "is nowhere at all" }] },
    ],
    pipelines: {
      [`a ${HOSTILE}`]: () => () => [right, wrong],
      [`b ${HOSTILE}`]: () => () => [wrong, right],
      [`c ${HOSTILE}`]: () => () => {
        throw new Error(HOSTILE);
      },
    },
    onPipelineError: "report",
  });
}
