import type { CollectionFacts, DroppedFile } from "../api.js";
import { textsInWords } from "../texts-in-words.js";
import { DropZone } from "./drop-zone.js";
import { ThemeSwitch } from "./theme-switch.js";

/** The bar at the top: the name of the page, the chosen collection, and buttons to add files. */
export function TopBar({
  collections,
  collection,
  onChoose,
  onRemove,
  onFiles,
  onHelp,
}: {
  readonly collections: readonly CollectionFacts[];
  /** The chosen one. */
  readonly collection: CollectionFacts | undefined;
  readonly onChoose: (id: string) => void;
  readonly onRemove: (id: string) => void;
  readonly onFiles: (files: readonly DroppedFile[]) => void;
  readonly onHelp: () => void;
}) {
  return (
    <header class="top">
      <h1>
        <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
          <path d="M4 23C16 23 16 9 28 9" />
          <path class="second" d="M4 9c12 0 12 14 24 14" />
        </svg>
        Secondpass
      </h1>
      {collections.length > 0 && (
        <div class="collection">
          <label class="visually-hidden" for="collection">
            Texts
          </label>
          <select
            id="collection"
            value={collection?.id}
            onChange={({ currentTarget }) => onChoose(currentTarget.value)}
          >
            {collections.map(({ id, name, files, passages }) => (
              <option key={id} value={id}>
                {name} · {textsInWords({ files, passages })}
              </option>
            ))}
          </select>
          {collection?.isTemporary && (
            <button
              type="button"
              class="plain"
              aria-label={`Remove ${collection.name}`}
              title="Remove from the page"
              onClick={() => onRemove(collection.id)}
            >
              ✕
            </button>
          )}
        </div>
      )}
      <nav aria-label="Page">
        <DropZone onFiles={onFiles} />
        <ThemeSwitch />
        <button type="button" class="plain" aria-label="Help" title="Help (?)" onClick={onHelp}>
          ?
        </button>
      </nav>
    </header>
  );
}
