import { mixedbread as mixedbreadRerank } from "../payloads/mixedbread.js";
import type { Protocol } from "./protocol.js";

/** Mixedbread's `POST /v1/reranking`. */
export const mixedbread: Protocol = {
  name: "Mixedbread",
  routes: [{ path: "/v1/reranking", payloads: [mixedbreadRerank] }],
};
