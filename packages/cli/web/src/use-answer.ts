import { useEffect, useRef, useState } from "preact/hooks";
import { type ApiError, api, type CollectionFacts, type PageAnswer } from "./api.js";
import type { Settings } from "./settings.js";

/** How long a slider must rest before a request is sent, in ms. */
const REST_MS = 60;

/** State of a question. */
export interface AnswerState {
  readonly answer: PageAnswer | undefined;
  /** The settings of the answer. */
  readonly settings: Settings | undefined;
  readonly isBusy: boolean;
  readonly error: ApiError | undefined;
  /** Aborts the running request. */
  readonly stop: () => void;
}

/**
 * Sends the question whenever something changes, including the index, and aborts the request before. The last answer stays until the next one arrives.
 * @param attempt change this number to send the same question again
 * @param onAnswer called with each answer
 */
export function useAnswer(
  facts: CollectionFacts | undefined,
  question: string,
  settings: Settings | undefined,
  attempt: number,
  onAnswer: (answer: PageAnswer) => void,
): AnswerState {
  const [state, setState] = useState<Omit<AnswerState, "stop">>(NOTHING);
  const [controller, setController] = useState<AbortController>();
  /** Key of the last answered request. */
  const answered = useRef("");
  const collection = facts?.id;
  const key = JSON.stringify([collection, question, settings, attempt]);
  const version = facts?.version;
  useEffect(() => {
    if (collection === undefined || question === "" || settings === undefined) {
      answered.current = "";
      setState(NOTHING);
      return;
    }
    // The request equals the last answered one, or the page has learned the version from this answer itself.
    if (answered.current === `${key} ${version}`) {
      setState((before) => ({ ...before, isBusy: false, error: undefined }));
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    setController(controller);
    const timer = setTimeout(async () => {
      setState((before) => ({ ...before, isBusy: true, error: undefined }));
      try {
        const answer = await api.search({ collection, question, settings }, signal);
        answered.current = `${key} ${answer.collection.version}`;
        setState({ answer, settings, isBusy: false, error: undefined });
        onAnswer(answer);
      } catch (error) {
        // A newer request decides what is shown.
        if (signal.reason !== REPLACED) {
          const failure = signal.aborted ? undefined : (error as ApiError);
          setState((before) => ({ ...before, isBusy: false, error: failure }));
        }
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      controller.abort(REPLACED);
    };
  }, [key, version]);
  return { ...state, stop: () => controller?.abort() };
}

const NOTHING = { answer: undefined, settings: undefined, isBusy: false, error: undefined };
const REPLACED = "replaced";
