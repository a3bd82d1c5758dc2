import { useEffect, useState } from "preact/hooks";
import { type ApiError, type AskAnswer, askQuestion } from "./api.js";
import type { Settings } from "./settings.js";

/** How long a slider may rest before its value is asked for, in ms. */
const REST_MS = 60;

/** What became of a question. */
export interface Asked {
  readonly answer: AskAnswer | undefined;
  /** The settings that the answer was asked for with. */
  readonly settings: Settings | undefined;
  readonly isBusy: boolean;
  readonly error: ApiError | undefined;
  /** Ends the request under way. */
  readonly stop: () => void;
}

/** Asks whenever something changes; what was asked before and is not answered yet is aborted. The last answer stays until the next one is there. */
export function useAnswer(
  collection: string | undefined,
  question: string,
  settings: Settings | undefined,
): Asked {
  const [asked, setAsked] = useState<Omit<Asked, "stop">>(NOTHING);
  const [controller, setController] = useState<AbortController>();
  const key = JSON.stringify([collection, question, settings]);
  useEffect(() => {
    if (collection === undefined || question === "" || settings === undefined) {
      setAsked(NOTHING);
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    setController(controller);
    const timer = setTimeout(async () => {
      setAsked((before) => ({ ...before, isBusy: true, error: undefined }));
      try {
        const answer = await askQuestion({ collection, question, settings }, signal);
        setAsked({ answer, settings, isBusy: false, error: undefined });
      } catch (error) {
        // The request that came after it says what is shown.
        if (signal.reason !== REPLACED) {
          const failure = signal.aborted ? undefined : (error as ApiError);
          setAsked((before) => ({ ...before, isBusy: false, error: failure }));
        }
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      controller.abort(REPLACED);
    };
  }, [key]);
  return { ...asked, stop: () => controller?.abort() };
}

const NOTHING = { answer: undefined, settings: undefined, isBusy: false, error: undefined };
const REPLACED = "replaced";
