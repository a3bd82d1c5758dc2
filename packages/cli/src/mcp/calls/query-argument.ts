import { z } from "zod";

/** UTF-16 units of a question. Models read far fewer. */
const MAX_QUERY = 10_000;

/** The question of `search` and `rerank`. */
export const queryArgument = z.string().min(1).max(MAX_QUERY).describe("A question, or what is looked for.");
