/** The first bytes of a saved index. */
export const INDEX_MAGIC = new TextEncoder().encode("2passBM1");
