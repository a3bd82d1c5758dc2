/** One query's ranking as a measure sees it. */
export interface JudgedRanking {
  /** Grades of the documents found, best first; 0 for those without a judgement. */
  readonly grades: readonly number[];
  /** All judged grades of the query above 0, descending: the gains of the ideal ranking. */
  readonly ideal: readonly number[];
  /** How many judged documents are relevant: graded at least `relevanceLevel`. */
  readonly relevantCount: number;
  /** Lowest grade of a relevant document. */
  readonly relevanceLevel: number;
}
