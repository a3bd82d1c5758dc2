import { PickleBudgetError } from "../../../errors/pickle-budget-error.js";

/**
 * Cost allowed for each byte of the file. It always pays for the file's own values: no value that takes one byte of
 * the file costs more. Real stores stay below 10.
 */
const COST_A_BYTE = 32;

/** Cost allowed besides that, so that small stores may share much. */
const BASE_COST = 16 * 1024 * 1024;

/** Bytes of JSON that one document's metadata may have for each byte of the file: the most that a byte can encode (an empty tuple). */
const METADATA_BYTES_A_BYTE = 20;

/** Bytes of JSON allowed besides that. */
const BASE_METADATA_BYTES = 1024 * 1024;

/** Cost between two checks of the clock. */
const COST_A_LOOK = 256 * 1024;

/** Upper limit of one document's metadata: no platform has longer texts. */
const MAX_METADATA_BYTES = 256 * 1024 * 1024;

/**
 * The memory and work that a pickle may still use. A pickle can refer to a value many times; code that copies, writes or walks
 * through a value that may be shared charges the budget first, by about the bytes that it takes.
 */
export class PickleBudget {
  readonly #limit: number;
  #left: number;
  /** What was left at the last check of the clock. */
  #leftAtLook: number;
  /** Maximum bytes of one document's metadata as JSON. */
  readonly metadataBytes: number;

  /** @param fileBytes size of the pickle */
  constructor(fileBytes: number) {
    this.#limit = BASE_COST + COST_A_BYTE * fileBytes;
    this.#left = this.#limit;
    this.#leftAtLook = this.#limit;
    this.metadataBytes = Math.min(
      MAX_METADATA_BYTES,
      BASE_METADATA_BYTES + METADATA_BYTES_A_BYTE * fileBytes,
    );
  }

  /** Charges a cost. @throws PickleBudgetError if the costs exceed what the file's size allows */
  charge(cost: number): void {
    this.#left -= cost;
    if (this.#left < 0) throw new PickleBudgetError(this.#limit, "values of a pickle");
  }

  /** Whether enough was charged since the last check of the clock to check it again. */
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
