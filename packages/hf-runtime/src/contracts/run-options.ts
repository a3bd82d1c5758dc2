/** Options of one call of a loaded model. */
export interface RunOptions {
  /** Stops between batches; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each batch with the number of finished inputs. */
  readonly onProgress?: (done: number, total: number) => void;
}
