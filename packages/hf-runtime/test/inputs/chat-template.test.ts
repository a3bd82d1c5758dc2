import { describe, expect, it } from "@jest/globals";
import { ChatTemplateError } from "../../src/errors/chat-template-error.js";
import { chatTemplate } from "../../src/inputs/chat-template.js";
import { causalRerankers } from "../support/causal-rerankers.js";

/** Makes a text of 260,000 letters in a few steps. */
const LONG = `{% set ns = namespace(x='a') %}${"{% set ns.x = ns.x ~ ns.x %}".repeat(18)}`;

describe("A chat template", () => {
  it.each(causalRerankers.cases)(
    "renders as in transformers: $template",
    ({ template, messages, variables, text }) => {
      expect(chatTemplate("someone/model", template, variables)(messages)).toBe(text);
    },
  );

  it("that is not Jinja throws an error with the model's name", () => {
    const compiling = () => chatTemplate("someone/model", "{% if %}", {});
    expect(compiling).toThrow(ChatTemplateError);
    expect(compiling).toThrow(/chat template of model "someone\/model".*not valid Jinja/);
  });

  it.each([
    ["loops without end", "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"],
    ["loops over its messages in many nested loops", nested("messages", 20)],
    ["makes a long list", "{{ range(10 ** 9) }}"],
    ["doubles a text", `{% set ns = namespace(x='ab') %}${"{% set ns.x = ns.x ~ ns.x %}".repeat(40)}`],
    ["doubles a list", `{% set ns = namespace(x=[1, 2]) %}${"{% set ns.x = ns.x + ns.x %}".repeat(40)}`],
    ["calls itself", "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}"],
    ["replaces each letter by a long text", `${LONG}{{ ns.x.replace('a', ns.x) }}`],
    ["replaces by a filter", `${LONG}{{ ns.x | replace('a', ns.x) }}`],
    ["replaces nothing by a long text", `${LONG}{{ ns.x | replace('', ns.x) }}`],
    ["replaces in a block", `${LONG}{% filter replace('a', ns.x) %}{{ ns.x }}{% endfilter %}`],
    ["keeps the method for later", `${LONG}{% set f = ns.x.replace %}{{ f('a', ns.x) }}`],
    ["joins letters by a long text", `${LONG}{{ ns.x | join(ns.x) }}`],
    ["joins a list by a long text", `${LONG}{{ ns.x.split('a') | join(separator=ns.x) }}`],
    ["indents far", "{{ 'a\nb' | indent(10 ** 9) }}"],
    ["indents far, by a list", "{{ 'a\\nb' | indent(*[400000000]) }}"],
    ["indents many lines", `${LONG}{{ ns.x.replace('a', '\n') | indent(width=100000, blank=true) }}`],
    ["indents JSON far", "{{ [1] | tojson(indent=10 ** 9) }}"],
    [
      "holds a list twice, again and again",
      `{% set ns = namespace(x=[1]) %}${"{% set ns.x = [ns.x, ns.x] %}".repeat(60)}{{ ns.x | tojson }}`,
    ],
  ])("that %s is stopped with an error", (_title, source) => {
    const template = chatTemplate("someone/model", source, {});
    const messages = Array.from({ length: 3 }, () => ({ role: "query", content: "?" }));
    expect(() => template(messages)).toThrow(ChatTemplateError);
  });

  it("may read long messages several times", () => {
    const source =
      "{% for m in messages %}{% if m.content | trim %}{{ m.content | trim }}{% endif %}{% endfor %}";
    const content = "word ".repeat(200_000);
    expect(chatTemplate("someone/model", source, {})([{ role: "query", content }])).toBe(content.trim());
  });

  it("may replace, join and indent as Python does", () => {
    const source = [
      "{{ 'a-b'.replace('-', '+') }} {{ 'a-b' | replace('-', '') }} {{ ['x', 'y'] | join(', ') }} {{ 'xy' | join('.') }}",
      "{{ 'a\nb' | indent(2) }} {{ {'k': [1]} | tojson(indent=1) }} {% filter upper %}x{% endfilter %}",
    ].join("|");
    const expected = 'a+b ab x, y x.y|a\n  b {\n "k": [\n  1\n ]\n} X';
    expect(chatTemplate("someone/model", source, {})([])).toBe(expected);
  });

  it("has Python's range and the current time", () => {
    const source = "{{ range(3) | list }}{{ range(5, 1, -2) | list }}{{ strftime_now('%Y') | length }}";
    expect(chatTemplate("someone/model", source, {})([])).toBe("[0, 1, 2][5, 3]4");
  });

  it("that raises an exception keeps its message", () => {
    const template = chatTemplate("someone/model", "{{ raise_exception('Only users talk here') }}", {});
    expect(() => template([{ role: "query", content: "?" }])).toThrow(
      /rendering it fails \(.*Only users talk here/,
    );
  });
});

function nested(list: string, depth: number): string {
  return "{% for a in LIST %}".replace("LIST", list).repeat(depth) + "{% endfor %}".repeat(depth);
}
