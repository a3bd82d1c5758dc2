import { escapeMarkup } from "./escape-markup.js";

/** A piece of HTML or SVG that was put together by {@link markup}. */
export class Markup {
  constructor(readonly text: string) {}
}

/** A value in a template: texts and numbers are escaped, pieces of markup are not; lists are joined. */
export type MarkupValue = string | number | Markup | undefined | readonly MarkupValue[];

/**
 * HTML or SVG from a template. All values are escaped except those that `markup` itself made, so that escaping cannot be forgotten.
 *
 * @example
 * markup`<p title="${hostile}">${hostile}</p>`;
 */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + asText(values[i - 1]) + part));
}

function asText(value: MarkupValue): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(asText).join("");
  return escapeMarkup(String(value));
}
