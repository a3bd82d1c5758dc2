const NOUNS =
  "bridge harbour orchard glacier archive lantern turbine viaduct market chapel reservoir quarry compass loom ferry kiln beacon canal vineyard observatory".split(
    " ",
  );
const KINDS =
  "old wooden northern painted forgotten narrow famous rebuilt flooded quiet iron municipal private coastal hidden tall".split(
    " ",
  );
const DEEDS =
  "repaired bought measured painted closed moved lit surveyed photographed inherited drained opened sketched insured".split(
    " ",
  );
const REASONS =
  "before the winter storms|because the river had risen|for the children of the village|without asking the council|after a long quarrel|to please a visiting engineer|with money from the harbour toll|while the mill stood still".split(
    "|",
  );
const SYLLABLES = "ba ke lo mi nu ra se ti vo za dor fen gal hul jor".split(" ");

/**
 * Made-up documents of a given number of paragraphs, each long enough to be a chunk and unlike all others, and questions about some of them.
 * @param {object} size
 * @param {number} size.chunks
 * @param {number} size.questions
 * @param {() => number} random 0 … 1
 */
export function makeCorpus({ chunks, questions }, random) {
  const PARAGRAPHS = 8;
  const pick = (/** @type {string[]} */ words) => words[Math.floor(random() * words.length)] ?? "";
  const name = (/** @type {number} */ place) => {
    let text = "";
    for (let rest = place + SYLLABLES.length ** 2; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
      text += SYLLABLES[rest % SYLLABLES.length];
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const facts = Array.from({ length: chunks }, (_, place) => ({
    who: name(place),
    what: `${pick(KINDS)} ${pick(NOUNS)}`,
    deed: pick(DEEDS),
    year: 1700 + Math.floor(random() * 300),
    why: pick(REASONS),
    near: pick(NOUNS),
  }));
  const paragraphs = facts.map(
    ({ who, what, deed, year, why, near }) =>
      `In ${year}, ${who} ${deed} the ${what} ${why}. It stands near the ${near}, and people still talk about it.`,
  );
  return {
    documents: Array.from({ length: Math.ceil(chunks / PARAGRAPHS) }, (_, place) => ({
      id: `document-${String(place).padStart(6, "0")}`,
      content: paragraphs.slice(place * PARAGRAPHS, (place + 1) * PARAGRAPHS).join("\n\n"),
      metadata: { shelf: place % 7 },
    })),
    questions: Array.from({ length: questions }, () => {
      const { who, what, deed } = facts[Math.floor(random() * facts.length)] ?? {
        who: "",
        what: "",
        deed: "",
      };
      return `When was the ${what} ${deed} by ${who}?`;
    }),
  };
}
