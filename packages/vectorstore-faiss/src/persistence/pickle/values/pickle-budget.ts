import { PickleBudgetError } from "../../../errors/pickle-budget-error.js";

/**
 * What values may cost for each byte of the file, so that what the file itself holds is always paid for: no value that takes one byte of
 * the file costs more. Real stores stay below 10.
 */
const COST_A_BYTE = 32;

/** What values may cost beside that, so that small stores may share much. */
const BASE_COST = 16 * 1024 * 1024;

/** One document's metadata may take this many bytes of JSON for each byte of the file: the most that a byte can state (an empty tuple). */
const METADATA_BYTES_A_BYTE = 20;

/** …and this many beside that. */
const BASE_METADATA_BYTES = 1024 * 1024;

/** What is charged between two looks at the clock. */
const COST_A_LOOK = 256 * 1024;

/** No platform has longer texts. */
const MOST_METADATA_BYTES = 256 * 1024 * 1024;

/**
 * The memory and work that a pickle may still ask for. A pickle can refer to a value again and again; whatever copies, writes out, or walks
 * through a value that may be shared is charged here first, in about the bytes that it takes.
 */
export class PickleBudget {
  readonly #limit: number;
  #left: number;
  /** What was left at the last look at the clock. */
  #leftAtLook: number;
  /** Most bytes of one document's metadata as JSON. */
  readonly metadataBytes: number;

  /** @param fileBytes size of the pickle */
  constructor(fileBytes: number) {
    this.#limit = BASE_COST + COST_A_BYTE * fileBytes;
    this.#left = this.#limit;
    this.#leftAtLook = this.#limit;
    this.metadataBytes = Math.min(
      MOST_METADATA_BYTES,
      BASE_METADATA_BYTES + METADATA_BYTES_A_BYTE * fileBytes,
    );
  }

  /** @throws PickleBudgetError if more was asked for than the file's size warrants */
  charge(cost: number): void {
    this.#left -= cost;
    if (this.#left < 0) throw new PickleBudgetError(this.#limit, "values of a pickle");
  }

  /** Whether so much was done since the last time that this said so, that it is time to look at the clock. */
  isLookDue(): boolean {
    if (this.#leftAtLook - this.#left < COST_A_LOOK) return false;
    this.#leftAtLook = this.#left;
    return true;
  }

  /** @throws PickleBudgetError if one document's metadata becomes too long */
  checkMetadata(bytes: number): void {
    if (bytes > this.metadataBytes) throw new PickleBudgetError(this.metadataBytes, "a document's metadata");
  }
}
