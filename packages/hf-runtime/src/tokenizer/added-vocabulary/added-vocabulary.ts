import type { AddedTokenJson } from "../json/added-token-json.js";
import type { Pipeline } from "../pipeline/pipeline.js";
import { AddedTokenSplitter } from "./added-token-splitter.js";

const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * The added tokens of a tokenizer.json, over its pipeline. Takes them out of the text and has the sections between them
 * encoded: first the tokens that are found in the text as it is, then, in the normalized sections, those that are found
 * there.
 */
export class AddedVocabulary {
  private readonly plain: AddedTokenSplitter;
  private readonly normalized: AddedTokenSplitter;
  private readonly addedIds: ReadonlyMap<string, number>;

  constructor(
    private readonly pipeline: Pipeline,
    added: readonly AddedTokenJson[],
  ) {
    // A token that the vocabulary has keeps its number there, whatever the list of added tokens says.
    const tokens = added.map((token) => ({
      ...token,
      id: pipeline.model.tokenId(token.content) ?? token.id,
    }));
    const isNormalized = (token: AddedTokenJson) => token.normalized ?? !token.special;
    this.plain = new AddedTokenSplitter(tokens.filter((token) => !isNormalized(token)));
    this.normalized = new AddedTokenSplitter(tokens.filter(isNormalized), (content) =>
      pipeline.normalize(content),
    );
    this.addedIds = new Map(tokens.map(({ content, id }) => [content, id]));
  }

  /**
   * Ids of a text, without the special tokens of the post-processor. Special tokens written out in the text ("[SEP]") become
   * their ids, as in Python.
   * @param enough once there are this many ids, the rest of the text need not be read. @default Infinity
   */
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

  /** Id of a token by its exact spelling, added or in the model's vocabulary. */
  tokenId(token: string): number | undefined {
    return this.addedIds.get(token) ?? this.pipeline.model.tokenId(token);
  }

  private encodeSection(section: string, out: number[], isStart: boolean, enough: number): void {
    if (this.normalized.isEmpty) {
      this.pipeline.encode(section, out, { isStart, isNormalized: false, enough });
      return;
    }
    for (const [index, inner] of this.normalized.split(this.pipeline.normalize(section)).entries()) {
      if (typeof inner === "number") out.push(inner);
      else this.pipeline.encode(inner, out, { isStart: isStart && index === 0, isNormalized: true, enough });
    }
  }
}
