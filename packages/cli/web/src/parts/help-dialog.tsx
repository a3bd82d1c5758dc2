import { useEffect, useRef } from "preact/hooks";

const KEYS = [
  ["/", "go to the question"],
  ["Enter", "ask; on a passage, show it in its document"],
  ["↑ ↓", "previous and next passage"],
  ["← →", "first pass, second pass"],
  ["Esc", "stop, or close"],
  ["c", "compare two settings"],
  ["?", "this help"],
] as const;

/** Explains the page and its keys. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <header>
        <h2 id="help-title">How to read this page</h2>
        <button type="button" class="plain" onClick={() => dialog.current?.close()} aria-label="Close">
          ✕
        </button>
      </header>
      <p>
        The first pass finds candidates quickly: by meaning (the cosine of two vectors), by words (BM25), or
        by both. The second pass reads each candidate together with the question, and puts the best first.
        Lines show what moved.
      </p>
      <p>
        The sentences that best answer the question are marked. Scores are on the reranker's own scale; the
        small strokes are those of the other candidates. “Blend” is how much the place in the first pass
        counts. The address of the page holds the question and the settings: it can be kept as a bookmark.
      </p>
      <dl>
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              {key.split(" ").map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
