/** Words of the passages; only their length matters. */
const WORDS =
  "the mountain lake is deep and cold in spring when snow melts above a narrow valley of old farms".split(
    " ",
  );

/** 97 passages of 20 to 120 words, so that neighbours differ in length. */
const PASSAGES = Array.from({ length: 97 }, (_, index) =>
  Array.from({ length: 20 + ((index * 37) % 101) }, (_, at) => WORDS[(index + at * 7) % WORDS.length]).join(
    " ",
  ),
);

/** The request at a place in the run, in Text Embeddings Inference's protocol, which both servers speak. */
export function requestOf(place, pairs) {
  const texts = Array.from({ length: pairs }, (_, at) => PASSAGES[(place * pairs + at) % PASSAGES.length]);
  return { query: "how cold is the mountain lake?", texts, raw_scores: true };
}
