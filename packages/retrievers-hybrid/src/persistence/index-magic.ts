/** What a saved index begins with. */
export const INDEX_MAGIC = new TextEncoder().encode("2passBM1");
