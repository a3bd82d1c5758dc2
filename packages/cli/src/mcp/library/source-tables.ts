import type { CorpusIndex } from "../../corpus/corpus-index.js";
import { readSourceTable, type SourceTable } from "../../corpus/source-table.js";

/** The files of each index, read once from its passages. */
export class SourceTables {
  readonly #tables = new WeakMap<CorpusIndex, Promise<SourceTable>>();

  of(index: CorpusIndex): Promise<SourceTable> {
    const known = this.#tables.get(index);
    if (known !== undefined) return known;
    const table = readSourceTable(index);
    this.#tables.set(index, table);
    table.catch(() => this.#tables.delete(index));
    return table;
  }
}
