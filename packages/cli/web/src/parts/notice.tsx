import type { ComponentChildren } from "preact";

/** Something that people should know, said by screen readers, too. */
export function Notice({
  children,
  isProblem = false,
  onClose,
}: {
  readonly children: ComponentChildren;
  readonly isProblem?: boolean;
  /** Undefined if it cannot be closed. */
  readonly onClose?: () => void;
}) {
  return (
    <div class={`notice ${isProblem ? "problem" : ""}`} role={isProblem ? "alert" : "status"}>
      <div>{children}</div>
      {onClose && (
        <button type="button" class="plain" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      )}
    </div>
  );
}
