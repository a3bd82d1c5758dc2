import { checkText } from "@secondpass/core";
/**
 * An answer, or a part of one, that is already JSON text.
 *
 * @example
 * const answer = { model: "mini", scores: new JsonText("[0.5,0.25]") };
 */
export class JsonText {
  /** @throws {InvalidOptionError} if `text` is not a string */
  constructor(readonly text: string) {
    checkText(text, "text");
  }
}
