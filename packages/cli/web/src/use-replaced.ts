import { useEffect, useRef, useState } from "preact/hooks";
import type { CollectionFacts } from "./api.js";

/** Notices when the chosen index is replaced. @returns the new one, until `forget` is called or another collection is chosen */
export function useReplaced(collection: CollectionFacts | undefined): {
  readonly replaced: CollectionFacts | undefined;
  readonly forget: () => void;
} {
  const known = useRef(collection);
  const [replaced, setReplaced] = useState<CollectionFacts>();
  useEffect(() => {
    const before = known.current;
    known.current = collection;
    if (before?.id !== collection?.id) setReplaced(undefined);
    else if (before?.version !== collection?.version) setReplaced(collection);
  }, [collection]);
  return { replaced, forget: () => setReplaced(undefined) };
}
