import type { AddedVocabulary } from "./added-vocabulary/added-vocabulary.js";
import type { AddedTokenJson } from "./json/added-token-json.js";

/**
 * The tokens that markers (such as "[unused0] ") begin with, of those that a text would not be cut into: each becomes a special token, as
 * the models that have markers were trained.
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

/** Added tokens, of which markers replace those of the same spelling. */
export function withMarkers(
  tokens: readonly AddedTokenJson[],
  markers: readonly AddedTokenJson[],
): readonly AddedTokenJson[] {
  const others = tokens.filter(({ content }) => markers.every((marker) => marker.content !== content));
  return [...others, ...markers];
}
