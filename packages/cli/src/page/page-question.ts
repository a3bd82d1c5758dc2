import { nearestName } from "@secondpass/core";
import { LocalHttpError } from "../local-http/local-http-error.js";

const MODES = ["hybrid", "dense", "lexical"] as const;
/** Characters of a question: models read less. */
const MAX_QUESTION = 2000;
/** Candidates at most: each is read by a model. */
const MAX_K = 200;
const MAX_SENTENCES = 10;

/** The body of `POST /api/search`. */
export interface PageQuestion {
  /** Id of the collection. */
  readonly collection: string;
  readonly question: string;
  /** @default "hybrid" */
  readonly mode: (typeof MODES)[number];
  /** Candidates of the first pass, 1 to 200. @default 20 */
  readonly k: number;
  /** Passages at most, 1 to `k`. @default 3 */
  readonly topN: number;
  /** Minimum score, on the model's scale. @default none */
  readonly threshold?: number;
  /** How much the order of the first pass counts, 0 to 1. @default 0.5 */
  readonly blend: number;
  /** Name of a reranker; "" for none. @default the default one */
  readonly model?: string;
  /** Sentences marked in each passage, 0 to 10. @default 1 */
  readonly sentences: number;
}

const FIELDS = ["collection", "question", "mode", "k", "topN", "threshold", "blend", "model", "sentences"];

/** Checks the body of a question. @throws {LocalHttpError} 400 if a field is invalid; names it, the expected value and the given one */
export function readPageQuestion(body: Readonly<Record<string, unknown>>): PageQuestion {
  for (const name of Object.keys(body)) {
    if (FIELDS.includes(name)) continue;
    const nearest = nearestName(name, FIELDS);
    throw invalid(`There is no field ${name}.${nearest === undefined ? "" : ` Did you mean ${nearest}?`}`);
  }
  const { collection, question, mode = "hybrid", blend = 0.5, threshold, model } = body;
  if (typeof collection !== "string") throw expected("collection", "the id of a collection", collection);
  if (typeof question !== "string" || question.trim() === "" || question.length > MAX_QUESTION) {
    throw expected("question", `a question of 1 to ${MAX_QUESTION} characters`, question);
  }
  if (!(MODES as readonly unknown[]).includes(mode)) throw expected("mode", MODES.join(" or "), mode);
  if (typeof blend !== "number" || !(blend >= 0 && blend <= 1))
    throw expected("blend", "a number from 0 to 1", blend);
  if (threshold !== undefined && !Number.isFinite(threshold))
    throw expected("threshold", "a number", threshold);
  if (model !== undefined && typeof model !== "string") throw expected("model", "a model's name", model);
  const k = wholeNumber("k", body.k ?? 20, 1, MAX_K);
  return {
    collection,
    question: question.trim(),
    mode: mode as PageQuestion["mode"],
    k,
    topN: wholeNumber("topN", body.topN ?? Math.min(3, k), 1, k),
    ...(threshold !== undefined && { threshold: threshold as number }),
    blend,
    ...(model !== undefined && { model }),
    sentences: wholeNumber("sentences", body.sentences ?? 1, 0, MAX_SENTENCES),
  };
}

function wholeNumber(name: string, value: unknown, min: number, max: number): number {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw expected(name, `a whole number from ${min} to ${max}`, value);
}

function expected(name: string, what: string, value: unknown): LocalHttpError {
  const got = JSON.stringify(value)?.slice(0, 100) ?? "nothing";
  return invalid(`Expected ${name} to be ${what}, got ${got}.`);
}

function invalid(message: string): LocalHttpError {
  return new LocalHttpError("invalid", message);
}
