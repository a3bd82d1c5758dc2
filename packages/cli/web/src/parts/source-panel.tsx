import { useEffect, useRef, useState } from "preact/hooks";
import { type AskedPassage, readSource, type SourceText } from "../api.js";
import { piecesOf } from "../pieces.js";
import { MarkedText } from "./marked-text.js";

/** A passage in its document, at the side. */
export function SourcePanel({
  collection,
  passage,
  onClose,
}: {
  readonly collection: string;
  readonly passage: AskedPassage;
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [found, setFound] = useState<SourceText>();
  const [problem, setProblem] = useState<string>();
  const { source, startIndex, lines } = passage;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    const controller = new AbortController();
    readSource(collection, source, startIndex, controller.signal).then(setFound, (error: Error) => {
      if (!controller.signal.aborted) setProblem(error.message);
    });
    return () => controller.abort();
  }, [collection, source, startIndex]);
  useEffect(() => {
    dialog.current?.querySelector(".here")?.scrollIntoView({ block: "center" });
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
        <h2 id="source-title">{source}</h2>
        <p>{lines.from === lines.to ? `line ${lines.from}` : `lines ${lines.from} to ${lines.to}`}</p>
        <button type="button" class="plain" onClick={() => dialog.current?.close()} aria-label="Close">
          ✕
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by the keyboard. */}
      <section class="document" tabIndex={0} aria-label={`Text of ${source}`}>
        {problem !== undefined && <p role="alert">{problem}</p>}
        {found?.isChanged && (
          <p class="notice" role="status">
            This file has changed since it was indexed: the passage may be elsewhere.
          </p>
        )}
        {found === undefined && problem === undefined && <p class="quiet">Reading the file …</p>}
        {found && (
          <>
            {found.startIndex > 0 && <p class="quiet">… the beginning is left out</p>}
            <pre>
              <DocumentText found={found} passage={passage} />
            </pre>
            {found.startIndex + found.text.length < found.length && (
              <p class="quiet">the rest is left out …</p>
            )}
          </>
        )}
      </section>
    </dialog>
  );
}

/** The text, with the passage and its sentences marked. */
function DocumentText({
  found: { text: whole, startIndex: offset },
  passage: { text, startIndex, endIndex, sentences = [] },
}: {
  readonly found: SourceText;
  readonly passage: AskedPassage;
}) {
  const range = { start: startIndex - offset, end: endIndex - offset };
  return (
    <>
      {piecesOf(whole, [range]).map(({ text: piece, isMarked }, i) =>
        isMarked ? (
          <span key={i} class="here">
            {/* Texts of HTML differ from their source. */}
            {piece === text ? <MarkedText text={piece} marks={sentences} /> : piece}
          </span>
        ) : (
          piece
        ),
      )}
    </>
  );
}
