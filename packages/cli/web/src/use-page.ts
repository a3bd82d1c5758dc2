import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type ApiError, api, type CollectionFacts, type PageState } from "./api.js";

/** How often the page asks what there is, in ms. Browsers let hidden pages do so once a minute. */
const REFRESH_MS = 60_000;

/** What the page knows of the program. */
export interface KnownPage {
  readonly page: PageState;
  /** Why the program did not answer the last time; undefined if it did. */
  readonly problem: ApiError | undefined;
  /** Asks what there is. @param own ids of texts that were dropped here, which are kept alive from now on */
  readonly refresh: (own?: readonly string[]) => Promise<void>;
  /** Facts that an answer came with. */
  readonly learn: (facts: CollectionFacts) => void;
}

/** What there is to ask, asked for again every minute and whenever the page is looked at: an index may have been replaced. Dropped texts are kept alive by that. */
export function usePage(first: PageState, chosen: string | undefined): KnownPage {
  const [page, setPage] = useState(first);
  const [problem, setProblem] = useState<ApiError>();
  const own = useRef(new Set<string>());
  const kept = useRef(chosen);
  kept.current = chosen;
  const refresh = useCallback(async (more: readonly string[] = []) => {
    for (const id of more) own.current.add(id);
    try {
      const ids = new Set([...own.current, ...(kept.current === undefined ? [] : [kept.current])]);
      setPage(await api.readState([...ids]));
      setProblem(undefined);
    } catch (error) {
      setProblem(error as ApiError);
    }
  }, []);
  useEffect(() => {
    const onLook = () => {
      if (document.visibilityState === "visible") void refresh();
    };
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    addEventListener("focus", onLook);
    document.addEventListener("visibilitychange", onLook);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", onLook);
      document.removeEventListener("visibilitychange", onLook);
    };
  }, [refresh]);
  const learn = useCallback((facts: CollectionFacts) => {
    setPage((before) => {
      const known = before.collections.find(({ id }) => id === facts.id);
      if (known?.version === facts.version) return before;
      const collections = before.collections.map((one) => (one.id === facts.id ? facts : one));
      return { ...before, collections };
    });
  }, []);
  return { page, problem, refresh, learn };
}
