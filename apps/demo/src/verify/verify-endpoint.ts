import type { SagemakerEndpointCrossEncoder } from "@secondpass/cross-encoders/sagemaker";
import { SagemakerEndpointError } from "@secondpass/cross-encoders/sagemaker";
import type { CheckList } from "./check-list.js";

const QUERY = "How tall is Mont Blanc?";
/** A text that answers the question, and two that do not. */
const TEXTS = [
  "The lake is deep and cold.",
  "Mont Blanc is 4806 metres high, the highest mountain of the Alps.",
  "Bananas ripen in a paper bag.",
] as const;
const ANSWER = 1;
/** Largest difference of a score between two requests, relative to scores above 1: float32 in other batches. */
const SAME_SCORE = 1e-3;
/** Longer than any encoder reads: about 8,000 words. */
const LONG_TEXT = `${TEXTS[ANSWER]} ${"The way to the top is long. ".repeat(1_200)}`;
/** Number of timed requests of one pair, sent one after the other. */
const TIMED = 10;
/** Pairs in a larger request, a usual number of candidates. */
const CANDIDATES = 20;

/**
 * Checks that an endpoint does what any reranker has to do.
 * @param open makes the cross-encoder of an endpoint's name
 * @throws {SagemakerEndpointError} if the endpoint returns no scores at all
 */
export async function verifyEndpoint(
  endpointName: string,
  open: (endpointName: string) => SagemakerEndpointCrossEncoder,
  checks: CheckList,
): Promise<void> {
  const model = open(endpointName);
  const scores = await model.score(TEXTS.map((text) => [QUERY, text] as const));
  const finite = scores.length === TEXTS.length && scores.every(Number.isFinite);
  checks.expect("scores", finite, scores.map((score) => score.toFixed(4)).join(", "));

  const best = scores.indexOf(Math.max(...scores));
  checks.expect("order", best === ANSWER, `"${TEXTS[best]}" is the best of ${TEXTS.length}`);

  const [alone = Number.NaN] = await model.score([[QUERY, TEXTS[ANSWER]]]);
  const difference = Math.abs(alone - (scores[ANSWER] ?? Number.NaN)) / Math.max(1, Math.abs(alone));
  checks.expect(
    "alone as in a batch",
    difference <= SAME_SCORE,
    `differs by ${difference.toExponential(1)} (at most ${SAME_SCORE})`,
  );

  await checkLongText(model, checks);
  await checkUnknownName(open(`${endpointName.slice(0, 50)}-nobody`), checks);
  await measure(model, checks);
}

/** A container cuts a long text or says why it does not: a program can handle both answers. */
async function checkLongText(model: SagemakerEndpointCrossEncoder, checks: CheckList): Promise<void> {
  const name = "long text";
  try {
    const [score] = await model.score([[QUERY, LONG_TEXT]]);
    checks.expect(name, Number.isFinite(score), `${LONG_TEXT.length} characters score ${score?.toFixed(4)}`);
  } catch (error) {
    if (!(error instanceof SagemakerEndpointError)) throw error;
    const { originalStatus = 0, message } = error;
    checks.expect(name, originalStatus >= 400 && originalStatus < 500, message);
  }
}

async function checkUnknownName(nobody: SagemakerEndpointCrossEncoder, checks: CheckList): Promise<void> {
  const name = "an unknown name";
  try {
    await nobody.score([[QUERY, TEXTS[ANSWER]]]);
    checks.expect(name, false, `"${nobody.endpointName}" answered`);
  } catch (error) {
    const typed = error instanceof SagemakerEndpointError;
    checks.expect(name, typed && error.status === 400, (error as Error).message);
  }
}

async function measure(model: SagemakerEndpointCrossEncoder, checks: CheckList): Promise<void> {
  const milliseconds: number[] = [];
  for (let i = 0; i < TIMED; i++) {
    milliseconds.push(await timed(() => model.score([[QUERY, TEXTS[ANSWER]]])));
  }
  milliseconds.sort((a, b) => a - b);
  const many = await timed(() =>
    model.score(Array.from({ length: CANDIDATES }, (_, i) => [QUERY, TEXTS[i % TEXTS.length]!] as const)),
  );
  const show = (ms: number | undefined) => `${ms?.toFixed(0)} ms`;
  checks.add(
    "latency",
    "ok",
    `1 pair ${show(milliseconds[TIMED / 2])} in the middle, ${show(milliseconds.at(-1))} at most; ${CANDIDATES} pairs ${show(many)}`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
