import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type ApiError, api, type CollectionFacts, type PageState } from "./api.js";

/** How often the page fetches the state, in ms. Browsers allow hidden pages timers once a minute. */
const REFRESH_MS = 60_000;

/** State of the program as the page knows it. */
export interface KnownPage {
  readonly page: PageState;
  /** Why the last request failed; undefined if it did not. */
  readonly problem: ApiError | undefined;
  /** Fetches the state. @param own ids of texts that were dropped here, which are kept from now on */
  readonly refresh: (own?: readonly string[]) => Promise<void>;
  /** Takes over the facts of an answer. */
  readonly learn: (facts: CollectionFacts) => void;
}

/** Fetches the state every minute and whenever the page gets the focus, because an index may have been replaced. This also keeps dropped texts. */
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
    const onShown = () => {
      if (document.visibilityState === "visible") void refresh();
    };
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    addEventListener("focus", onShown);
    document.addEventListener("visibilitychange", onShown);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", onShown);
      document.removeEventListener("visibilitychange", onShown);
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
