const NAME = "secondpass.key";
let inMemory = "";

/** The key of the session, in the storage of this origin, so that new tabs have it. If the browser forbids that, it is kept in memory until the page is left. */
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
      // The key is in memory.
    }
  },
};
