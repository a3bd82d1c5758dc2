import { useEffect, useRef, useState } from "preact/hooks";
import type { DroppedFile } from "../api.js";
import { chosenFiles, droppedFiles } from "../dropped-files.js";

/** Receives files that are dropped anywhere on the page, or chosen. */
export function DropZone({ onFiles }: { readonly onFiles: (files: readonly DroppedFile[]) => void }) {
  const [isOver, setIsOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    let depth = 0;
    const enter = (by: number) => (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += by;
      setIsOver(depth > 0);
    };
    addEventListener("dragenter", enter(1), { signal });
    addEventListener("dragleave", enter(-1), { signal });
    addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault(), { signal });
    addEventListener(
      "drop",
      (event) => {
        if (!hasFiles(event) || event.dataTransfer === null) return;
        event.preventDefault();
        depth = 0;
        setIsOver(false);
        void droppedFiles(event.dataTransfer).then(onFiles);
      },
      { signal },
    );
    return () => controller.abort();
  }, [onFiles]);
  const choose = (input: HTMLInputElement | null) => {
    if (input?.files && input.files.length > 0) onFiles(chosenFiles(input.files));
    if (input) input.value = "";
  };
  return (
    <>
      <button type="button" class="plain" onClick={() => files.current?.click()}>
        Add files
      </button>
      <button type="button" class="plain wide-only" onClick={() => folder.current?.click()}>
        Add a folder
      </button>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        onChange={() => choose(files.current)}
        data-testid="files"
      />
      <input
        ref={(input) => {
          folder.current = input;
          input?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        hidden
        onChange={() => choose(folder.current)}
        data-testid="folder"
      />
      {isOver && (
        <div class="drop-overlay" aria-hidden="true">
          <p>Drop files or a folder to search them</p>
        </div>
      )}
    </>
  );
}
