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

  it("that raises says what it says", () => {
    const template = chatTemplate("someone/model", "{{ raise_exception('Only users talk here') }}", {});
    expect(() => template([{ role: "query", content: "?" }])).toThrow(
      /rendering it fails \(.*Only users talk here/,
    );
  });
});
