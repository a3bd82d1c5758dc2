import { checkKnownOptions, checkText, describeValue } from "@secondpass/core";
import { isSystemError, openRegularFile, readFully } from "@secondpass/core/node";
import { CalibrationFileError } from "../errors/calibration-file-error.js";
import { CalibrationModelError } from "../errors/calibration-model-error.js";
import { FileReadError } from "../errors/file-read-error.js";
import type { IsotonicParameters } from "./isotonic-curve.js";
import type { ScoreCounts } from "./operating-points.js";
import type { PlattParameters } from "./platt-curve.js";
import { FORMAT } from "./save-calibration.js";
import { type CalibrationData, ScoreCalibration } from "./score-calibration.js";

/** Maximum size of a file: the thresholds of a calibration take less than a megabyte. */
const MAX_BYTES = 2 ** 22;

/** Settings of {@link loadCalibration}. */
export interface LoadCalibrationOptions {
  /** Id of the model whose scores will be calibrated; it must be the one that the calibration was fitted for. */
  readonly model: string;
}

/**
 * Loads a calibration that `saveCalibration` wrote.
 * @throws {FileReadError}
 * @throws {CalibrationFileError} if the file is not a calibration, or is damaged
 * @throws {CalibrationModelError} if it was fitted to the scores of another model
 */
export async function loadCalibration(
  path: string,
  options: LoadCalibrationOptions,
): Promise<ScoreCalibration> {
  checkKnownOptions(options, ["model"], "loadCalibration");
  const model = checkText(options?.model, "model");
  const data = checkData(parse(await readText(path), path), path);
  if (data.model !== model) throw new CalibrationModelError(path, model, data.model);
  return new ScoreCalibration(data);
}

async function readText(path: string): Promise<string> {
  try {
    const handle = await openRegularFile(path);
    try {
      const { size } = await handle.stat();
      if (size > MAX_BYTES)
        throw new CalibrationFileError(path, `expected at most ${MAX_BYTES} bytes, got ${size}`);
      const bytes = Buffer.alloc(size);
      const read = await readFully(handle, bytes, 0);
      return bytes.toString("utf8", 0, read);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw isSystemError(error) ? new FileReadError(path, error) : error;
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CalibrationFileError(path, "expected JSON, got other text or a part of it");
  }
}

type Fields = Readonly<Record<string, unknown>>;

function checkData(value: unknown, path: string): CalibrationData {
  const { format, model, curve, counts } = fieldsOf(value);
  const expect = (holds: boolean, expected: string, got: unknown) => {
    if (!holds) throw new CalibrationFileError(path, `expected ${expected}, got ${describeValue(got)}`);
  };
  expect(format === FORMAT, `the format "${FORMAT}"`, format);
  expect(typeof model === "string", "the id of a model", model);
  expect(isPlatt(fieldsOf(curve)) || isIsotonic(fieldsOf(curve)), "a curve that never falls", curve);
  expect(isCounts(fieldsOf(counts)), "counts that rise as scores fall", counts);
  return {
    model: model as string,
    curve: curve as IsotonicParameters | PlattParameters,
    counts: counts as unknown as ScoreCounts,
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function isPlatt({ method, slope, intercept }: Fields): boolean {
  return method === "platt" && Number.isFinite(slope) && (slope as number) > 0 && Number.isFinite(intercept);
}

function isIsotonic({ method, scores, probabilities }: Fields): boolean {
  return (
    method === "isotonic" &&
    areNumbers(scores) &&
    areNumbers(probabilities) &&
    scores.length === probabilities.length &&
    scores.every((score, i) => i === 0 || score > scores[i - 1]!) &&
    probabilities.every((value, i) => value >= (probabilities[i - 1] ?? 0) && value <= 1)
  );
}

function isCounts({ scores, passed, relevant }: Fields): boolean {
  return (
    areNumbers(scores) &&
    areNumbers(passed) &&
    areNumbers(relevant) &&
    scores.length === passed.length &&
    scores.length === relevant.length &&
    scores.every((score, i) => i === 0 || score < scores[i - 1]!) &&
    passed.every((count, i) => Number.isSafeInteger(count) && count > (passed[i - 1] ?? 0)) &&
    relevant.every((count, i) => isShare(count, relevant[i - 1] ?? 0, passed[i]!)) &&
    relevant.at(-1)! > 0
  );
}

function isShare(count: number, before: number, passed: number): boolean {
  return Number.isSafeInteger(count) && count >= before && count <= passed;
}

function areNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => Number.isFinite(item));
}
