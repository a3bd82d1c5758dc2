const NAME = "secondpass.key";
let inMemory = "";

/** The key of the session, in the storage of this origin, so that new tabs have it. Browsers may forbid that: it is known until the page is left, then. */
export const sessionKey = {
  read(): string {
    try {
      return inMemory || (localStorage.getItem(NAME) ?? "");
    } catch {
      return inMemory;
    }
  },
  save(key: string): void {
    inMemory = key;
    try {
      localStorage.setItem(NAME, key);
    } catch {
      // It is in memory.
    }
  },
};
