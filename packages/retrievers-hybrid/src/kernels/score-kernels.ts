/** The scores of a fixed number of documents, and the loops over them, which are in WebAssembly if the engine allows it. */
export interface ScoreKernels {
  /** Scores by document; 0 for documents without a score. */
  readonly sums: Float32Array;
  /** Buffer that `list` fills with documents. */
  readonly listed: Uint32Array;
  /**
   * Adds `weight · impact` to the scores of the documents of postings, in float64, rounded to float32.
   * @param slots the document of each posting, as a slot of the index; document 0 here is slot `from`
   * @param impacts the impact of each posting
   * @param start first posting
   * @param end posting after the last
   */
  add(
    slots: Uint32Array,
    impacts: Float32Array,
    start: number,
    end: number,
    from: number,
    weight: number,
  ): void;
  /**
   * Writes the documents whose score is at least `floor` to the beginning of `listed`, ascending.
   * @param first document, a multiple of 8
   * @param last document after the last
   * @param floor above 0
   * @returns their count
   */
  list(first: number, last: number, floor: number): number;
}
