import type { ServedToken, TokenizingRequest } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import { flag } from "./values/flag.js";
import { INTEGER, listSchema, objectSchema, STRING } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { textOrList } from "./values/text-or-list.js";

const OFFSET = { anyOf: [INTEGER, { type: "null" }] };

/**
 * Text Embeddings Inference's tokenize: `{inputs: text or [text, …], add_special_tokens}` →
 * `[[{id, text, special, start, stop}, …], …]`, with places in characters (code points).
 */
export const teiTokenize = payloadOf({
  name: "tei_tokenize",
  example: '{"inputs": [text, …]}',
  needs: "any",
  misfit: "backend",
  matches: (body) => "inputs" in body,
  shape: shape({ inputs: textOrList, add_special_tokens: optional(flag, true) }),
  answerSchema: listSchema(
    listSchema(
      objectSchema({ id: INTEGER, text: STRING, special: { type: "boolean" }, start: OFFSET, stop: OFFSET }),
    ),
  ),
  read({ inputs, add_special_tokens: addSpecialTokens }): TokenizingRequest {
    const texts = [inputs].flat();
    return {
      kind: "tokenize",
      texts,
      addSpecialTokens,
      answer: (tokens) => tokens.map((each, index) => inCharacters(each, texts[index] as string)),
    };
  },
});

/** Converts places of tokens from UTF-16 units to code points. Tokens are in the order of the text. */
function inCharacters(tokens: readonly ServedToken[], text: string) {
  let unit = 0;
  let character = 0;
  const characterAt = (place: number): number => {
    if (place < unit) {
      unit = 0;
      character = 0;
    }
    while (unit < place) {
      unit += (text.codePointAt(unit) as number) > 0xffff ? 2 : 1;
      character += 1;
    }
    return character;
  };
  return tokens.map(({ id, text, isSpecial: special, start, end }) => ({
    id,
    text,
    special,
    start: start === undefined ? null : characterAt(start),
    stop: end === undefined ? null : characterAt(end),
  }));
}
