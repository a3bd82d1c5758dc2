function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

const AFTER_HEADING = words("fieldset form li p table");
const AFTER_PREFORMATTED = words("dd dl dt fieldset form li table ul");

/** For each element: the start tags that close it if it is open. Found by trying every pair in libxml2 2.14.6. */
const CLOSED_BY: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["a", words("a fieldset table td th")],
  ["address", words("dd dl dt form li ul")],
  ["b", words("center p td th")],
  ["big", words("p")],
  ["caption", words("col colgroup tbody tfoot thead tr")],
  ["colgroup", words("colgroup tbody tfoot thead tr")],
  ["dd", words("dt")],
  ["dir", words("dd dl dt form ul")],
  ["dl", words("form li")],
  ["dt", words("dd dl")],
  ["font", words("center td th")],
  ["form", words("form")],
  ["h1", AFTER_HEADING],
  ["h2", AFTER_HEADING],
  ["h3", AFTER_HEADING],
  ["h4", AFTER_HEADING],
  ["h5", AFTER_HEADING],
  ["h6", AFTER_HEADING],
  [
    "head",
    words(
      "a abbr acronym address b bdo big blockquote body br center cite code dd dfn dir div dl dt em fieldset font form frameset " +
        "h1 h2 h3 h4 h5 h6 hr i iframe img kbd li listing map menu ol p pre q s samp small span strike strong sub sup table tt u ul var xmp",
    ),
  ],
  ["i", words("center p td th")],
  ["legend", words("fieldset")],
  ["li", words("li")],
  ["listing", AFTER_PREFORMATTED],
  ["menu", words("dd dl dt form ul")],
  ["ol", words("form")],
  ["option", words("optgroup option")],
  [
    "p",
    words(
      "address blockquote body caption center col colgroup dd dir div dl dt fieldset form frameset h1 h2 h3 h4 h5 h6 head hr li listing " +
        "menu ol p pre table tbody td tfoot th title tr ul xmp",
    ),
  ],
  ["pre", AFTER_PREFORMATTED],
  ["s", words("p")],
  ["small", words("p")],
  ["span", words("td th")],
  ["strike", words("p")],
  ["tbody", words("tbody tfoot")],
  ["td", words("tbody td tfoot th tr")],
  ["tfoot", words("tbody")],
  ["th", words("tbody td tfoot th tr")],
  ["thead", words("tbody tfoot")],
  ["tr", words("tbody tfoot tr")],
  ["tt", words("p")],
  ["u", words("p td th")],
  ["ul", words("address form menu pre")],
]);

/** Ranks of elements: an end tag closes no open element of a higher rank. Elements that are not listed have rank 0. */
const END_RANKS: ReadonlyMap<string, number> = new Map(
  [["div"], ["td", "th"], ["tr"], ["thead", "tbody", "tfoot"], ["table"], ["head", "body"], ["html"]].flatMap(
    (names, index) => names.map((name) => [name, index + 1] as const),
  ),
);

const END_RANK_COUNT = 1 + Math.max(...END_RANKS.values());

/** Elements that never have content. */
const ALWAYS_EMPTY = words("area base basefont br col frame hr img input isindex link meta param");

/** Start tags that imply `head` if nothing is open yet; they do not imply `body`. */
const HEAD_CONTENT = words("base link meta script style title");
/** Other start tags that do not imply `body`. */
const FRAMES = words("frame frameset noframes");

/** Elements around which libxml2 writes line feeds. */
const BLOCKS = words(
  "address area base blockquote body caption center col colgroup dd dir div dl dt fieldset form frame frameset h1 h2 h3 h4 h5 h6 head hr " +
    "html isindex legend li link menu meta noembed noframes noscript ol optgroup option p param plaintext pre style table tbody td tfoot th " +
    "thead title tr ul",
);

/** The rules of libxml2 about elements. */
export const LIBXML_RULES = {
  closedBy: CLOSED_BY,
  endRanks: END_RANKS,
  endRankCount: END_RANK_COUNT,
  alwaysEmpty: ALWAYS_EMPTY,
  headContent: HEAD_CONTENT,
  frames: FRAMES,
  blocks: BLOCKS,
} as const;
