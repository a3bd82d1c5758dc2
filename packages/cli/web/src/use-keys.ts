import { useEffect } from "preact/hooks";

/** Actions of the keys. */
export interface KeyActions {
  readonly focusQuestion: () => void;
  readonly help: () => void;
  readonly compare: () => void;
  readonly stop: () => void;
}

/** Handles the keys of the page. Fields keep their keys, and open dialogs have their own. */
export function useKeys(actions: KeyActions): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      const isQuestion = target.matches("#question");
      const isField = target.matches("input, select, textarea");
      if (event.key === "Escape") {
        actions.stop();
        if (isField) target.blur();
      } else if (isQuestion ? event.key === "ArrowDown" : !isField && /^Arrow/.test(event.key)) {
        if (focusItem(event.key, target)) event.preventDefault();
      } else if (!isField && event.key === "/") {
        event.preventDefault();
        actions.focusQuestion();
      } else if (!isField && event.key === "?") actions.help();
      else if (!isField && event.key === "c") actions.compare();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [actions]);
}

/** Moves the focus between the passages. @returns whether the focus moved */
function focusItem(key: string, from: HTMLElement): boolean {
  const items = (side: string) => [
    ...document.querySelectorAll<HTMLElement>(`[data-side=${side}] [data-open]`),
  ];
  const [left, right] = [items("left"), items("right")];
  const here = right.includes(from) ? right : left.includes(from) ? left : undefined;
  const at = here?.indexOf(from) ?? -1;
  let next: HTMLElement | undefined;
  if (here === undefined) next = key === "ArrowDown" ? (right[0] ?? left[0]) : undefined;
  else if (key === "ArrowDown") next = here[at + 1];
  else if (key === "ArrowUp") next = here[at - 1];
  else if (key === "ArrowLeft" && here === right) next = left[Math.min(at, left.length - 1)];
  else if (key === "ArrowRight" && here === left) next = right[Math.min(at, right.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}
