import { type ListKeyOptions, RecordManager, type UpdateOptions } from "@langchain/core/indexing";

/** In-memory record manager for LangChain's `index`. Its time increases with each query. */
export class MemoryRecords extends RecordManager {
  readonly #records = new Map<string, { group: string | null; time: number }>();
  #now = 0;

  async createSchema(): Promise<void> {}

  async getTime(): Promise<number> {
    return ++this.#now;
  }

  async update(keys: string[], { groupIds = [] }: UpdateOptions = {}): Promise<void> {
    const time = await this.getTime();
    for (const [i, key] of keys.entries()) this.#records.set(key, { group: groupIds[i] ?? null, time });
  }

  async exists(keys: string[]): Promise<boolean[]> {
    return keys.map((key) => this.#records.has(key));
  }

  async listKeys({
    before = Number.POSITIVE_INFINITY,
    groupIds,
    limit,
  }: ListKeyOptions = {}): Promise<string[]> {
    return [...this.#records]
      .filter(([, { group, time }]) => time < before && (groupIds?.includes(group) ?? true))
      .map(([key]) => key)
      .slice(0, limit);
  }

  async deleteKeys(keys: string[]): Promise<void> {
    for (const key of keys) this.#records.delete(key);
  }
}
