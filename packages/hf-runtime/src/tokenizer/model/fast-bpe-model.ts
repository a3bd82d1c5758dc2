import type { ModelJson } from "../json/model-json.js";
import type { Steps } from "../steps/steps.js";
import { BpeModel } from "./bpe-model.js";
import type { LocatedId } from "./located-id.js";
import type { Model } from "./model.js";

/** Suffix of a symbol that ends a word, in the merges of fastBPE. */
const END = "</w>";
/** Suffix of a token that does not end a word, in its vocabulary. */
const CONTINUED = "@@";
/** Symbol of unknown characters: merges contain no spaces. */
const UNKNOWN = " ";

/** The fields of a FastBPE model. */
export interface FastBpeJson extends ModelJson {
  /** Tokens; those that do not end a word end in "@@". */
  readonly vocab: Readonly<Record<string, number>>;
  /** The first merged first; symbols that end a word end in "</w>". */
  readonly merges: readonly (readonly [left: string, right: string])[];
  readonly unk_token: string;
}

/**
 * fastBPE: byte-pair encoding over symbols that need not be in the vocabulary. The symbols that remain are looked up there by another
 * spelling. transformers/models/phobert/tokenization_phobert.py
 */
export class FastBpeModel implements Model {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #merging: BpeModel;
  /** [symbols] ids in the vocabulary, by the id of the merged symbol. */
  readonly #idOf: Int32Array;

  private constructor(json: FastBpeJson, symbols: ReadonlyMap<string, number>, merging: BpeModel) {
    this.#ids = new Map(Object.entries(json.vocab));
    this.#merging = merging;
    const unknownId = this.#ids.get(json.unk_token) ?? 0;
    this.#idOf = Int32Array.from(symbols.keys(), (symbol) => this.#ids.get(spelling(symbol)) ?? unknownId);
  }

  static of(json: ModelJson): FastBpeModel | undefined {
    const { vocab, merges } = json as FastBpeJson;
    const symbols = symbolsOf(Object.keys(vocab), merges);
    const merging = BpeModel.of({
      vocab: Object.fromEntries(symbols),
      merges,
      unk_token: UNKNOWN,
      end_of_word_suffix: END,
    });
    return merging && new FastBpeModel(json as FastBpeJson, symbols, merging);
  }

  tokenId(token: string): number | undefined {
    return this.#ids.get(token);
  }

  encode(word: string): readonly number[] {
    return this.#merging.encode(word).map((symbol) => this.#idOf[symbol]!);
  }

  *encodeInSteps(word: string, enough: number): Steps<readonly number[]> {
    const symbols = yield* this.#merging.encodeInSteps(word, enough);
    return symbols.map((symbol) => this.#idOf[symbol]!);
  }

  *locateInSteps(word: string, enough: number): Steps<readonly LocatedId[]> {
    const places = yield* this.#merging.locateInSteps(word, enough);
    return places.map((place) => ({ ...place, id: this.#idOf[place.id]! }));
  }
}

/** Numbers every symbol that merging may leave and the vocabulary may have. */
function symbolsOf(
  tokens: readonly string[],
  merges: readonly (readonly [string, string])[],
): ReadonlyMap<string, number> {
  const symbols = new Map([[UNKNOWN, 0]]);
  const add = (symbol: string) => {
    if (!symbols.has(symbol)) symbols.set(symbol, symbols.size);
  };
  for (const token of tokens) {
    const isContinued = token.endsWith(CONTINUED);
    const text = isContinued ? token.slice(0, -CONTINUED.length) : token;
    if (isCharacter(text)) add(isContinued ? text : text + END);
  }
  for (const [left, right] of merges) for (const symbol of [left, right, left + right]) add(symbol);
  return symbols;
}

function spelling(symbol: string): string {
  return symbol.endsWith(END) ? symbol.slice(0, -END.length) : symbol + CONTINUED;
}

function isCharacter(text: string): boolean {
  return text.length === 1 || (text.length === 2 && text.codePointAt(0)! > 0xffff);
}
