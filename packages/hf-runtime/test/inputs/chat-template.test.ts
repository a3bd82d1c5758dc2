import { describe, expect, it } from "@jest/globals";
import { ChatTemplateError } from "../../src/errors/chat-template-error.js";
import { chatTemplate } from "../../src/inputs/chat-template.js";
import { causalRerankers } from "../support/causal-rerankers.js";

describe("A chat template", () => {
  it.each(causalRerankers.cases)(
    "renders as transformers: $template",
    ({ template, messages, variables, text }) => {
      expect(chatTemplate("someone/model", template, variables)(messages)).toBe(text);
    },
  );

  it("that is not Jinja is refused with the model's name", () => {
    const compiling = () => chatTemplate("someone/model", "{% if %}", {});
    expect(compiling).toThrow(ChatTemplateError);
    expect(compiling).toThrow(/chat template of model "someone\/model".*not valid Jinja/);
  });

  it.each([
    ["loops without end", "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"],
    ["loops over its messages, often", nested("messages", 20)],
    ["asks for a long list", "{{ range(10 ** 9) }}"],
    ["doubles a text", `{% set ns = namespace(x='ab') %}${"{% set ns.x = ns.x ~ ns.x %}".repeat(40)}`],
    ["doubles a list", `{% set ns = namespace(x=[1, 2]) %}${"{% set ns.x = ns.x + ns.x %}".repeat(40)}`],
    ["calls itself", "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}"],
  ])("that %s is ended", (_title, source) => {
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

  it("knows Python's range and the time", () => {
    const source = "{{ range(3) | list }}{{ range(5, 1, -2) | list }}{{ strftime_now('%Y') | length }}";
    expect(chatTemplate("someone/model", source, {})([])).toBe("[0, 1, 2][5, 3]4");
  });

  it("that raises says what it says", () => {
    const template = chatTemplate("someone/model", "{{ raise_exception('Only users talk here') }}", {});
    expect(() => template([{ role: "query", content: "?" }])).toThrow(
      /rendering it fails \(.*Only users talk here/,
    );
  });
});

function nested(list: string, depth: number): string {
  return "{% for a in LIST %}".replace("LIST", list).repeat(depth) + "{% endfor %}".repeat(depth);
}
