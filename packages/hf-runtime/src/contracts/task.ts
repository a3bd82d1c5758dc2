/** What a text is for. A model may read questions and the searched texts differently. */
export type Task = "query" | "document";
