import { AddedTokenSplitter } from "./added-tokens.js";
import type { AddedTokenJson } from "./json/added-token-json.js";
import type { SectionEncoder } from "./section-encoder.js";
import type { TextModel } from "./text-model.js";

const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Takes added tokens out of the text and encodes what stands between them: first the tokens that are looked for in the
 * text as it is, then, in the normalised sections, those that are looked for there.
 */
export class SectionedTextModel implements TextModel {
  private readonly plain: AddedTokenSplitter;
  private readonly normalized: AddedTokenSplitter;
  private readonly addedIds: ReadonlyMap<string, number>;

  constructor(
    private readonly encoder: SectionEncoder,
    added: readonly AddedTokenJson[],
  ) {
    // A token that the vocabulary has keeps its number there, whatever the list of added tokens says.
    const addedTokens = added.map((token) => ({ ...token, id: encoder.tokenId(token.content) ?? token.id }));
    const isNormalized = (token: AddedTokenJson) => token.normalized ?? !token.special;
    this.plain = new AddedTokenSplitter(addedTokens.filter((token) => !isNormalized(token)));
    this.normalized = new AddedTokenSplitter(addedTokens.filter(isNormalized), (content) =>
      encoder.normalize(content),
    );
    this.addedIds = new Map(addedTokens.map(({ content, id }) => [content, id]));
  }

  ids(text: string, enough: number = Number.POSITIVE_INFINITY): readonly number[] {
    const out: number[] = [];
    // A lone half of a surrogate pair is no character, and Python cannot even be given one.
    const sections = this.plain.split(text.replace(LONE_SURROGATE, "\uFFFD"));
    for (const [index, section] of sections.entries()) {
      if (out.length >= enough) break;
      if (typeof section === "number") out.push(section);
      else this.encodeSection(section, out, index === 0, enough);
    }
    return out;
  }

  tokenId(token: string): number | undefined {
    return this.addedIds.get(token) ?? this.encoder.tokenId(token);
  }

  private encodeSection(section: string, out: number[], first: boolean, enough: number): void {
    if (this.normalized.isEmpty) {
      this.encoder.encode(section, out, { first, normalized: false, enough });
      return;
    }
    for (const [index, inner] of this.normalized.split(this.encoder.normalize(section)).entries()) {
      if (typeof inner === "number") out.push(inner);
      else this.encoder.encode(inner, out, { first: first && index === 0, normalized: true, enough });
    }
  }
}
