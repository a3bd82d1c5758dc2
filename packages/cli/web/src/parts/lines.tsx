import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** Two places of one passage: indices into the lists. */
export interface Link {
  readonly left: number;
  readonly right: number;
  readonly direction: "up" | "down" | "same" | "new";
}

interface Curve extends Link {
  readonly from: number;
  readonly to: number;
}

/** Lines between two lists, which show the moves. Hidden from screen readers, because the lists say the same in words. */
export function Lines({
  board,
  links,
  active,
}: {
  /** The element with both lists: elements with `data-side` "left" and "right", whose children are the items. */
  readonly board: RefObject<HTMLElement | null>;
  readonly links: readonly Link[];
  /** The link under the pointer: index into `links`. */
  readonly active: number | undefined;
}) {
  const [curves, setCurves] = useState<readonly Curve[]>([]);
  useLayoutEffect(() => {
    const element = board.current;
    if (element === null) return;
    const draw = () => {
      const top = element.getBoundingClientRect().top;
      const middle = (side: string, index: number) => {
        const item = element.querySelector(`[data-side=${side}]`)?.children[index];
        const anchor = item?.querySelector("header") ?? item;
        if (anchor === undefined) return undefined;
        const box = anchor.getBoundingClientRect();
        return box.top + box.height / 2 - top;
      };
      setCurves(
        links.flatMap((link) => {
          const [from, to] = [middle("left", link.left), middle("right", link.right)];
          return from === undefined || to === undefined ? [] : [{ ...link, from, to }];
        }),
      );
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    for (const list of element.querySelectorAll("[data-side]")) observer.observe(list);
    return () => observer.disconnect();
  }, [board, links]);
  return (
    <svg class="lines" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {curves.map(({ from, to, direction }, i) => (
        <path
          key={i}
          class={`${direction} ${active === undefined ? "" : active === i ? "active" : "faint"}`}
          d={`M0 ${from}C50 ${from} 50 ${to} 100 ${to}`}
          vector-effect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
