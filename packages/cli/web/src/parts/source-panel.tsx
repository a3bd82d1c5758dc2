import { useEffect, useRef, useState } from "preact/hooks";
import { type AnswerPassage, api, type SourceText } from "../api.js";
import { DocumentText } from "../text/document-text.js";

/** A panel at the side that shows a passage in its document. */
export function SourcePanel({
  collection,
  passage,
  onClose,
}: {
  readonly collection: string;
  readonly passage: AnswerPassage;
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [found, setFound] = useState<SourceText>();
  const [problem, setProblem] = useState<string>();
  const { id, source, startIndex, lines } = passage;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    const controller = new AbortController();
    api
      .readSource(collection, { id, source, startIndex }, controller.signal)
      .then(setFound, (error: Error) => {
        if (!controller.signal.aborted) setProblem(error.message);
      });
    return () => controller.abort();
  }, [collection, id, source, startIndex]);
  useEffect(() => {
    const here = dialog.current?.querySelector(".here");
    const room = here?.closest(".document")?.clientHeight ?? 0;
    // A passage that is longer than the panel is shown from its beginning.
    here?.scrollIntoView({ block: here.clientHeight < room ? "center" : "start" });
  }, [found]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it by the keyboard.
    <dialog
      ref={dialog}
      class="panel"
      aria-labelledby="source-title"
      onClose={onClose}
      onClick={({ target, currentTarget }) => {
        // The backdrop is the dialog itself.
        if (target === currentTarget) currentTarget.close();
      }}
    >
      <header>
        <div>
          <h2 id="source-title">{source}</h2>
          <p>{lines.from === lines.to ? `line ${lines.from}` : `lines ${lines.from} to ${lines.to}`}</p>
        </div>
        <button type="button" class="plain" onClick={() => dialog.current?.close()} aria-label="Close">
          ✕
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by the keyboard. */}
      <section class="document" tabIndex={0} aria-label={`Text of ${source}`}>
        {problem !== undefined && (
          <p class="notice problem" role="alert">
            {problem}
          </p>
        )}
        {found?.isChanged && (
          <p class="notice" role="status">
            This file has changed since the passage was indexed, which may be elsewhere in it now.
          </p>
        )}
        {found === undefined && problem === undefined && <p class="quiet">Reading the file …</p>}
        {found && (
          <>
            {found.startIndex > 0 && <p class="quiet">… the beginning is left out</p>}
            <DocumentText found={found} passage={passage} />
            {found.startIndex + found.text.length < found.length && (
              <p class="quiet">the rest is left out …</p>
            )}
          </>
        )}
      </section>
    </dialog>
  );
}
