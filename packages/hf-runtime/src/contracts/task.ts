/** What a text is for. A model may read questions otherwise than the texts that are searched. */
export type Task = "query" | "document";
