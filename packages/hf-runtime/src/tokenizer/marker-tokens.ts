import type { AddedVocabulary } from "./added-vocabulary/added-vocabulary.js";
import type { AddedTokenJson } from "./json/added-token-json.js";

/**
 * The first tokens of markers (such as "[unused0] ") that the tokenizer would split further. Each becomes a special token, as in the
 * training of models with markers.
 */
export function markerTokens(
  vocabulary: Pick<AddedVocabulary, "ids" | "tokenId">,
  markers: readonly string[],
): readonly AddedTokenJson[] {
  const found = new Map<string, AddedTokenJson>();
  for (const marker of markers) {
    const [first = ""] = marker.trim().split(/\s+/);
    const content = [marker, first].find((text) => text !== "" && vocabulary.tokenId(text) !== undefined);
    if (content === undefined) continue;
    const id = vocabulary.tokenId(content)!;
    const ids = vocabulary.ids(content);
    if (ids.length === 1 && ids[0] === id) continue;
    const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
    found.set(content, { id, content, ...flags });
  }
  return [...found.values()];
}

/** The added tokens and the markers; a marker replaces an added token of the same spelling. */
export function withMarkers(
  tokens: readonly AddedTokenJson[],
  markers: readonly AddedTokenJson[],
): readonly AddedTokenJson[] {
  const others = tokens.filter(({ content }) => markers.every((marker) => marker.content !== content));
  return [...others, ...markers];
}
