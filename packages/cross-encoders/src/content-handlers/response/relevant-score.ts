import { ResponseFormatError } from "../../errors/response-format-error.js";
import { isRecord } from "./is-record.js";

/** One label of a classifier's response. */
interface LabelScore {
  readonly label: string;
  readonly score: number;
}

/**
 * Finds the score of the label that means "relevant": `label` if given, else the only label, else `LABEL_1` (as LangChain
 * Python's HuggingFaceCrossEncoder, which uses index 1 of several).
 *
 * @param labels the labels of one pair: a list of {"label", "score"}, or one of them alone
 * @throws {ResponseFormatError} if it has another form, or has no such label
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
