import { describeValue, type WorkSlices } from "@secondpass/core";
import { InvalidJsonError } from "../errors/invalid-json-error.js";
import { pythonFloat } from "../python/python-float.js";
import type { JsonNode } from "./json-node.js";
import { NodeBuilder } from "./node-builder.js";

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][+-]?\d+)?/y;
const WORD = /true|false|null|NaN|-?Infinity/y;
/** A quote, a backslash, and control characters, which a text must not have. */
const STRING_STOP = /["\\]|[^ -\uffff]/g;

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/**
 * Reads a JSON text as Python's `json.loads` does: keeps the order of all keys, distinguishes ints from floats, and accepts NaN and Infinity.
 *
 * @throws {InvalidJsonError}
 */
export async function parseJson(text: string, convertLists: boolean, slices: WorkSlices): Promise<JsonNode> {
  const reader = new JsonReader(text, new NodeBuilder(convertLists));
  while (!reader.step()) if (slices.due()) await slices.pause();
  return reader.result;
}

/** Reads one token a step. */
class JsonReader {
  #position = 0;
  /** The closing marks of the open objects and lists. */
  readonly #closing: string[] = [];
  /** The next token: a value, a key, or the mark after a value. A first value or key may also be a closing mark. */
  #expects: "value" | "first value" | "key" | "first key" | "end" = "value";

  constructor(
    private readonly text: string,
    private readonly builder: NodeBuilder,
  ) {}

  get result(): JsonNode {
    return this.builder.result;
  }

  /** @returns whether the text is at its end */
  step(): boolean {
    this.#match(SPACE);
    const character = this.text[this.#position] ?? "";
    const closing = this.#closing[this.#closing.length - 1];
    if (this.#expects === "end" && closing === undefined) {
      if (character !== "") throw this.#error("nothing after the value");
      return true;
    }
    const mayClose = this.#expects !== "value" && this.#expects !== "key";
    if (mayClose && character === closing) {
      this.#position++;
      this.#closing.pop();
      this.builder.close();
      this.#expects = "end";
    } else if (this.#expects === "end") {
      if (character !== ",") throw this.#error(`"," or "${closing}"`);
      this.#position++;
      this.#expects = closing === "}" ? "key" : "value";
    } else if (this.#expects === "key" || this.#expects === "first key") {
      if (character !== '"') throw this.#error("a key in double quotes");
      this.builder.key(this.#string());
      this.#match(SPACE);
      if (this.text[this.#position] !== ":") throw this.#error('":"');
      this.#position++;
      this.#expects = "value";
    } else {
      this.#value(character);
    }
    return false;
  }

  #value(character: string): void {
    if (character === "{" || character === "[") {
      this.#position++;
      if (character === "{") this.builder.openDict();
      else this.builder.openList();
      this.#closing.push(character === "{" ? "}" : "]");
      this.#expects = character === "{" ? "first key" : "first value";
      return;
    }
    this.#expects = "end";
    if (character === '"') {
      this.builder.scalar(this.#string());
      return;
    }
    const word = this.#match(WORD)?.[0];
    if (word !== undefined) {
      if (word in WORDS) this.builder.scalar(WORDS[word]);
      else this.builder.scalar(Number(word), word);
      return;
    }
    const number = this.#match(NUMBER);
    if (number === undefined) throw this.#error("a value");
    const [token, whole = "", fraction, exponent] = number;
    const value = Number(token);
    if (fraction !== undefined || exponent !== undefined) this.builder.scalar(value, pythonFloat(value));
    else
      this.builder.scalar(Number.isSafeInteger(value) ? value : BigInt(whole), whole === "-0" ? "0" : whole);
  }

  /** Reads the text in double quotes at the position. */
  #string(): string {
    const start = this.#position;
    STRING_STOP.lastIndex = start + 1;
    let stop = STRING_STOP.exec(this.text);
    while (stop?.[0] === "\\") {
      STRING_STOP.lastIndex = stop.index + 2;
      stop = STRING_STOP.exec(this.text);
    }
    if (stop?.[0] !== '"') {
      this.#position = stop?.index ?? this.text.length;
      throw this.#error("the end of a text, or no control character in it");
    }
    this.#position = stop.index + 1;
    try {
      return JSON.parse(this.text.slice(start, this.#position)) as string;
    } catch (cause) {
      this.#position = start;
      throw this.#error("a text with JSON's escapes", { cause });
    }
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.text) ?? undefined;
    this.#position += match?.[0].length ?? 0;
    return match;
  }

  #error(expected: string, options?: ErrorOptions): InvalidJsonError {
    const rest = this.text.slice(this.#position, this.#position + 20);
    const received = rest === "" ? "its end" : describeValue(rest);
    const advice = "Only texts that are JSON can be split.";
    return new InvalidJsonError(
      `${expected} at position ${this.#position} of a JSON text`,
      received,
      advice,
      options,
    );
  }
}
