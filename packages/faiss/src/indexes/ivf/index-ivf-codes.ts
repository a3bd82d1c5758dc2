import { workSlices } from "@secondpass/core";
import { UnsupportedOperationError } from "../../errors/unsupported-operation-error.js";
import { IndexIVF, type IvfState, stateOf } from "./index-ivf.js";

const READ_ONLY = "This package reads and searches such indexes; build them with Python's faiss.";

/** Compressed vectors in lists, read from files. Vectors can be removed, not added. */
export abstract class IndexIVFCodes extends IndexIVF {
  constructor(state: IvfState) {
    super(state);
  }

  async train(): Promise<void> {
    if (!this.isTrained) throw new UnsupportedOperationError(this.kind, "train", READ_ONLY);
  }

  async add(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "add", READ_ONLY);
  }

  async addWithIds(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "addWithIds", READ_ONLY);
  }

  protected async cloneState(): Promise<IvfState> {
    const quantizer = await this.quantizer.clone();
    return { ...stateOf(this), quantizer, lists: await this.lists.clone(workSlices()) };
  }
}
