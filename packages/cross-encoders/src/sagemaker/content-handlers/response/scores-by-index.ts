import { ResponseFormatError } from "../errors/response-format-error.js";

/** One label of a classifier's answer. */
interface LabelScore {
  readonly label: string;
  readonly score: number;
}

/** Whether a JSON value is an object with keys. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The list under `key` of a JSON object. */
export function listAt(answer: unknown, key: string): readonly unknown[] {
  const list = isRecord(answer) ? answer[key] : undefined;
  if (!Array.isArray(list)) throw new ResponseFormatError(`an object with a list "${key}"`, answer);
  return list;
}

/** A JSON list of numbers; whether they are finite is for the caller to check. */
export function numbers(list: readonly unknown[], where: string): readonly number[] {
  const wrong = list.findIndex((value) => typeof value !== "number");
  if (wrong >= 0) throw new ResponseFormatError(`numbers in ${where}, but entry ${wrong} is none`, list);
  return list as readonly number[];
}

/**
 * Entries sorted by score, each naming its place in the request → [count] scores in the request's order.
 *
 * @throws {ResponseFormatError} unless the indices are 0 … count − 1, each once
 */
export function scoresByIndex(
  entries: readonly unknown[],
  count: number,
  scoreKey: string,
): readonly number[] {
  const scores = new Array<number | undefined>(count).fill(undefined);
  const isOnce = (index: unknown): index is number =>
    typeof index === "number" && index in scores && scores[index] === undefined;
  for (const entry of entries) {
    const index = isRecord(entry) ? entry.index : undefined;
    const score = isRecord(entry) ? entry[scoreKey] : undefined;
    if (!isOnce(index) || typeof score !== "number") {
      throw new ResponseFormatError(
        `entries with a number "${scoreKey}" and every "index" from 0 to ${count - 1} once`,
        entries,
      );
    }
    scores[index] = score;
  }
  return scores.filter((score) => score !== undefined);
}

/**
 * The score of the label that says "relevant": `label` where given, else the only one, else `LABEL_1` (as LangChain
 * Python's HuggingFaceCrossEncoder, which takes index 1 of several).
 */
export function relevantScore(labels: unknown, label: string | undefined): number {
  const list = (Array.isArray(labels) ? labels : [labels]) as readonly unknown[];
  const known = list.filter(
    (entry): entry is LabelScore & Record<string, unknown> =>
      isRecord(entry) && typeof entry.label === "string" && typeof entry.score === "number",
  );
  if (known.length === 0 || known.length !== list.length) {
    throw new ResponseFormatError('a list of {"label", "score"} for each pair', labels);
  }
  const wanted = label ?? (known.length === 1 ? known[0]?.label : "LABEL_1");
  const found = known.find((entry) => entry.label === wanted);
  if (found === undefined) {
    const names = known.map((entry) => `"${entry.label}"`).join(", ");
    throw new ResponseFormatError(
      `a label "${wanted}" among ${names}; say which label means "relevant" with the handler's \`label\``,
      labels,
    );
  }
  return found.score;
}
