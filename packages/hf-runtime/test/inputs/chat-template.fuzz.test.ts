import { fuzz } from "@secondpass/test-kit";
import fc from "fast-check";
import { chatTemplate } from "../../src/inputs/chat-template.js";

const scrap = fc.constantFrom(
  ..."{{|}}|{%|%}|{#|#}| for a in | if | endfor | endif | set x = | macro f() | endmacro |messages|a.content|(|)|[|]|'|~|+|**|1:|%".split(
    "|",
  ),
);

const value = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom("messages", "a", "a.content", "ns.x", "'ab'", "9", "[1, 2]", "messages[0].role"),
    fc
      .tuple(tie("value"), fc.constantFrom("~", "+", "*", "**", "in", "=="), tie("value"))
      .map((parts) => parts.join(" ")),
    fc
      .tuple(
        tie("value"),
        fc.constantFrom(
          "upper",
          "list",
          "length",
          "tojson",
          "trim",
          "first",
          "join(ns.x)",
          "replace('a', ns.x)",
        ),
      )
      .map((parts) => parts.join(" | ")),
    tie("value").map((one) => `range(${one})`),
    tie("value").map((one) => `(${one}).split('')`),
  ),
})).value;

/** Valid statements, some of them in loops. */
const template = fc.letrec<{ statements: string }>((tie) => ({
  statements: fc
    .array(
      fc.oneof(
        { maxDepth: 5 },
        value.map((one) => `{{ ${one} }}`),
        value.map((one) => `{% set ns.x = ${one} %}`),
        fc.tuple(value, tie("statements")).map(([all, body]) => `{% for a in ${all} %}${body}{% endfor %}`),
        fc.tuple(value, tie("statements")).map(([all, body]) => `{% if ${all} %}${body}{% endif %}`),
      ),
      { maxLength: 6 },
    )
    .map((all) => all.join("")),
})).statements;

const source = fc.oneof(
  { weight: 4, arbitrary: template.map((one) => `{% set ns = namespace(x='x') %}${one}`) },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof(scrap, fc.string()), { maxLength: 30 }).map((all) => all.join("")),
  },
);

fuzz({
  name: "hf-runtime: chat templates",
  arbitrary: fc.tuple(source, fc.array(fc.string(), { maxLength: 4 })),
  run: ([text, contents]) =>
    chatTemplate("someone/model", text, {})(contents.map((content) => ({ role: "query", content }))),
});
