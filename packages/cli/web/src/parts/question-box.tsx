import type { RefObject } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";

/** The field for the question, which grows with its text. Enter sends it. */
export function QuestionBox({
  input,
  text,
  hasFocus,
  onText,
  onSubmit,
}: {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  /** Whether the field has the focus when the page opens. */
  readonly hasFocus: boolean;
  readonly onText: (text: string) => void;
  readonly onSubmit: () => void;
}) {
  useLayoutEffect(() => fit(input.current), [input, text]);
  useEffect(() => {
    const onResize = () => fit(input.current);
    addEventListener("resize", onResize);
    if (hasFocus) input.current?.focus();
    return () => removeEventListener("resize", onResize);
  }, [input]);
  return (
    <>
      <label class="visually-hidden" for="question">
        Question
      </label>
      <textarea
        ref={input}
        id="question"
        rows={1}
        value={text}
        maxLength={2000}
        placeholder="Ask a question"
        autocomplete="off"
        enterkeyhint="search"
        onInput={({ currentTarget }) => onText(currentTarget.value.replaceAll(/\s*\n\s*/g, " "))}
        onKeyDown={(event) => {
          // While an input method composes a character, such as a Korean one, Enter belongs to it.
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          onSubmit();
        }}
      />
    </>
  );
}

/** Makes the field as high as its text. */
function fit(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = "auto";
  const border = field.offsetHeight - field.clientHeight;
  field.style.height = `${field.scrollHeight + border}px`;
}
