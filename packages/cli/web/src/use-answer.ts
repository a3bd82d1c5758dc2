import { useEffect, useRef, useState } from "preact/hooks";
import { type ApiError, type AskAnswer, api, type CollectionFacts } from "./api.js";
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

/**
 * Asks whenever something changes, the index too; what was asked before and is not answered yet is aborted. The last answer stays until the next one is there.
 * @param attempt another number asks the same once more
 * @param onAnswer told of each answer
 */
export function useAnswer(
  facts: CollectionFacts | undefined,
  question: string,
  settings: Settings | undefined,
  attempt: number,
  onAnswer: (answer: AskAnswer) => void,
): Asked {
  const [asked, setAsked] = useState<Omit<Asked, "stop">>(NOTHING);
  const [controller, setController] = useState<AbortController>();
  /** What the last answer is of. */
  const answered = useRef("");
  const collection = facts?.id;
  const key = JSON.stringify([collection, question, settings, attempt]);
  const version = facts?.version;
  useEffect(() => {
    if (collection === undefined || question === "" || settings === undefined) {
      answered.current = "";
      setAsked(NOTHING);
      return;
    }
    // Back to what was answered last; or the page has learned of the version from this answer itself.
    if (answered.current === `${key} ${version}`) {
      setAsked((before) => ({ ...before, isBusy: false, error: undefined }));
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    setController(controller);
    const timer = setTimeout(async () => {
      setAsked((before) => ({ ...before, isBusy: true, error: undefined }));
      try {
        const answer = await api.askQuestion({ collection, question, settings }, signal);
        answered.current = `${key} ${answer.collection.version}`;
        setAsked({ answer, settings, isBusy: false, error: undefined });
        onAnswer(answer);
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
  }, [key, version]);
  return { ...asked, stop: () => controller?.abort() };
}

const NOTHING = { answer: undefined, settings: undefined, isBusy: false, error: undefined };
const REPLACED = "replaced";
