export { InvalidOptionError, SecondpassError, UnknownOptionError } from "@secondpass/core";
export { areaUnderCurve } from "./calibration/area-under-curve.js";
export type { IsotonicParameters } from "./calibration/isotonic-curve.js";
export {
  type BestScoreJudgement,
  type BestScores,
  type JudgeBestScoresOptions,
  judgeBestScores,
  type KindJudgement,
} from "./calibration/judge-best-scores.js";
export type { LabelledScore } from "./calibration/labelled-score.js";
export { type LabelledScoresOptions, labelledScores } from "./calibration/labelled-scores.js";
export { type LoadCalibrationOptions, loadCalibration } from "./calibration/load-calibration.js";
export type { OperatingPoint, ScoreCounts } from "./calibration/operating-points.js";
export type { PlattParameters } from "./calibration/platt-curve.js";
export {
  type Reliability,
  type ReliabilityBin,
  reliability,
  type StatedProbability,
} from "./calibration/reliability.js";
export { type ReliabilityDiagramOptions, reliabilityDiagram } from "./calibration/reliability-diagram.js";
export { saveCalibration } from "./calibration/save-calibration.js";
export {
  type CalibratedThreshold,
  type CalibrationData,
  type FitCalibrationOptions,
  ScoreCalibration,
  type ThresholdGoal,
} from "./calibration/score-calibration.js";
export type { ScoreCurve } from "./calibration/score-curve.js";
export {
  type CompareRankingsOptions,
  type ComparisonProgress,
  compareRankings,
} from "./comparison/compare-rankings.js";
export type {
  DisposablePipeline,
  Pipeline,
  PipelineCallOptions,
  PipelineFactory,
} from "./comparison/pipeline.js";
export type {
  FoundDocument,
  MeanValue,
  PipelineDifference,
  PipelineFailure,
  PipelineResult,
  QuestionResult,
  RankingComparison,
} from "./comparison/ranking-comparison.js";
export { CalibrationError } from "./errors/calibration-error.js";
export { CalibrationFileError } from "./errors/calibration-file-error.js";
export { CalibrationModelError } from "./errors/calibration-model-error.js";
export { FileFormatError } from "./errors/file-format-error.js";
export { FileReadError } from "./errors/file-read-error.js";
export { PipelineError } from "./errors/pipeline-error.js";
export {
  type BeirFolderOptions,
  type BeirQueries,
  loadBeirFolder,
  readBeirCorpus,
} from "./files/load-beir-folder.js";
export { loadTrecQrels, readTrecQrels, type TrecQrelsLine } from "./files/read-trec-qrels.js";
export { loadTrecRun, type ReadFileOptions, readTrecRun, type TrecRunLine } from "./files/read-trec-run.js";
export { type BeirFolder, writeBeirFolder } from "./files/write-beir-folder.js";
export { writeTrecQrels } from "./files/write-trec-qrels.js";
export { type WriteTrecRunOptions, writeTrecRun } from "./files/write-trec-run.js";
export type { Keyed } from "./measures/entries-of.js";
export {
  type EvaluateRunOptions,
  evaluateRun,
  type Qrels,
  type Run,
  type RunEvaluation,
} from "./measures/evaluate-run.js";
export type { JudgedRanking } from "./measures/judged-ranking.js";
export { type MeasureRankingOptions, measureRanking } from "./measures/measure-ranking.js";
export type { Measure, MeasureKind, MeasureName } from "./measures/parse-measure.js";
export type { EvaluationQuestion, RightAnswer } from "./questions/evaluation-question.js";
export { type AnswerMatch, matchAnswer } from "./questions/match-answer.js";
export {
  type QuestionsFromHeadingsOptions,
  questionsFromHeadings,
} from "./questions/questions-from-headings.js";
export { readQuestions } from "./questions/read-questions.js";
export { comparisonAsHtml, type HtmlReportOptions } from "./report/comparison-as-html.js";
export { comparisonAsJson } from "./report/comparison-as-json.js";
export { comparisonAsMarkdown } from "./report/comparison-as-markdown.js";
export { comparisonAsText } from "./report/comparison-as-text.js";
export type { SamplingOptions } from "./statistics/check-sampling.js";
export { holmCorrection } from "./statistics/holm-correction.js";
export {
  type BootstrapInterval,
  type BootstrapOptions,
  pairedBootstrap,
} from "./statistics/paired-bootstrap.js";
export { queriesNeeded } from "./statistics/queries-needed.js";
export { type RandomizationResult, randomizationTest } from "./statistics/randomization-test.js";
