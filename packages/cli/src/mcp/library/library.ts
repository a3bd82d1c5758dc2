import type { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import type { Output } from "../../contract/world.js";
import { CurrentIndex } from "../../corpus/current-index.js";
import { openReranker } from "../../corpus/open-reranker.js";
import { callScope } from "../calls/call-scope.js";
import { SourceTables } from "./source-tables.js";

export interface LibraryOptions {
  /** Folder of the index. */
  readonly folder: string;
  /** `"mini-reranker"`, a hub id or a folder. */
  readonly model: string;
  /** Log of internal failures. */
  readonly log: Output;
}

/** Resources of the tools, shared by all clients: the index, the reranker and the list of files. Each opens on first use. */
export class Library implements AsyncDisposable {
  readonly index: CurrentIndex;
  readonly reranker: HuggingFaceCrossEncoder;
  readonly sources = new SourceTables();
  readonly log: Output;

  constructor({ folder, model, log }: LibraryOptions) {
    this.log = log;
    this.index = new CurrentIndex(folder, {
      onDownload: (name, event) => callScope.getStore()?.onDownload(name, event),
    });
    this.reranker = openReranker(model, {
      onDownload: (name, event) => callScope.getStore()?.onDownload(name, event),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.index[Symbol.asyncDispose]();
    await this.reranker.dispose();
  }
}
