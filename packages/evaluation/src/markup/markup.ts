import { escapeMarkup } from "./escape-markup.js";

/** A piece of HTML or SVG that was put together by {@link markup}. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What can stand in a template: texts and numbers are escaped, pieces of markup are not; lists are joined. */
export type MarkupValue = string | number | Markup | undefined | readonly MarkupValue[];

/**
 * HTML or SVG from a template. Whatever is put in is escaped, except what `markup` itself made: nobody can forget it.
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
