import type { ComponentChildren } from "preact";

/** A message for people, which screen readers read out. */
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
