import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import {
  type ApiError,
  type AskedPassage,
  type CollectionFacts,
  type DroppedFile,
  openSession,
  type PageState,
  readState,
  removeCollection,
  upload,
} from "./api.js";
import { nameOf, sortFiles } from "./dropped-files.js";
import { Board, scoresOf } from "./parts/board.js";
import { DropZone } from "./parts/drop-zone.js";
import { HelpDialog } from "./parts/help-dialog.js";
import { Intro } from "./parts/intro.js";
import { SettingsBar } from "./parts/settings-bar.js";
import { SourcePanel } from "./parts/source-panel.js";
import { ThemeSwitch } from "./parts/theme-switch.js";
import { type Task, Uploading } from "./parts/uploading.js";
import { type LinkState, linkOf, readLink } from "./settings.js";
import { type Asked, useAnswer } from "./use-answer.js";
import { useKeys } from "./use-keys.js";

/** The page. @param props.token of the address that was opened; undefined in a tab that has the cookie already */
export function App({ token }: { readonly token: string | undefined }) {
  const [page, setPage] = useState<PageState>();
  const [failure, setFailure] = useState<ApiError>();
  useEffect(() => {
    const begin = async () => {
      if (token !== undefined) await openSession(token);
      setPage(await readState());
    };
    begin().catch(setFailure);
  }, [token]);
  if (failure !== undefined) return <Failure error={failure} />;
  if (page === undefined) return <p class="starting">Starting …</p>;
  return <Asking page={page} onPage={setPage} />;
}

function Failure({ error }: { readonly error: ApiError }) {
  return (
    <main class="failure">
      <h1>{error.kind === "unauthorized" ? "This page is somebody's own" : "The page cannot start"}</h1>
      <p role="alert">{error.message}</p>
    </main>
  );
}

function Asking({ page, onPage }: { readonly page: PageState; readonly onPage: (page: PageState) => void }) {
  const [link, setLink] = useState<LinkState>(() => readLink(location.search));
  const [text, setText] = useState(link.question);
  const [opened, setOpened] = useState<AskedPassage>();
  const [isHelp, setIsHelp] = useState(false);
  const [task, setTask] = useState<Task>();
  const input = useRef<HTMLInputElement>(null);
  const { collections, models } = page;
  const collection = collections.find(({ id }) => id === link.collection) ?? collections[0];
  const first = useAnswer(collection?.id, link.question, link.settings);
  const second = useAnswer(collection?.id, link.question, link.other);
  const isGone = link.collection !== undefined && collection?.id !== link.collection;

  const change = useCallback((part: Partial<LinkState>, isStep = false) => {
    setLink((before) => {
      const next = { ...before, ...part };
      history[isStep ? "pushState" : "replaceState"](null, "", `${location.pathname}${linkOf(next)}`);
      return next;
    });
  }, []);
  useEffect(() => {
    const onBack = () => {
      const link = readLink(location.search);
      setLink(link);
      setText(link.question);
    };
    addEventListener("popstate", onBack);
    return () => removeEventListener("popstate", onBack);
  }, []);
  useEffect(() => {
    document.title = link.question === "" ? "Secondpass" : `${link.question} – Secondpass`;
  }, [link.question]);

  const toggleCompare = useCallback(() => {
    const { settings, other } = link;
    change({ other: other === undefined ? { ...settings, blend: !settings.blend } : undefined });
  }, [link, change]);
  const actions = useMemo(
    () => ({
      focusQuestion: () => input.current?.select(),
      help: () => setIsHelp(true),
      compare: toggleCompare,
      stop: () => {
        first.stop();
        second.stop();
      },
    }),
    [toggleCompare, first.stop, second.stop],
  );
  useKeys(actions);

  const onFiles = useCallback(
    (dropped: readonly DroppedFile[]) => {
      const { files, left, refusal } = sortFiles(dropped, page.uploads);
      if (refusal !== undefined) return setTask({ error: refusal });
      const controller = new AbortController();
      const name = nameOf(files);
      const show = (what: string, share: number) => {
        setTask({ what: `${what}: ${name}`, share, stop: () => controller.abort() });
      };
      upload(name, files, show, controller.signal)
        .then(async ({ collection, problems }) => {
          onPage(await readState());
          change({ collection: collection.id }, true);
          const all = [...left, ...problems];
          setTask(all.length > 0 ? { done: name, problems: all } : undefined);
          input.current?.focus();
        })
        .catch((error: Error) => setTask(controller.signal.aborted ? undefined : { error: error.message }));
    },
    [page.uploads, onPage, change],
  );
  const remove = async ({ id }: CollectionFacts) => {
    await removeCollection(id).catch(() => {});
    onPage(await readState());
    change({ collection: undefined });
  };

  const isBusy = first.isBusy || (link.other !== undefined && second.isBusy);
  return (
    <>
      <a class="skip" href="#results">
        Skip to the results
      </a>
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
              onChange={({ currentTarget }) => change({ collection: currentTarget.value }, true)}
            >
              {collections.map(({ id, name, files, passages }) => (
                <option key={id} value={id}>
                  {name} · {files} {files === 1 ? "file" : "files"} · {passages} passages
                </option>
              ))}
            </select>
            {collection?.isTemporary && (
              <button
                type="button"
                class="plain"
                aria-label={`Remove ${collection.name}`}
                title="Remove from the page"
                onClick={() => void remove(collection)}
              >
                ✕
              </button>
            )}
          </div>
        )}
        <nav aria-label="Page">
          <DropZone onFiles={onFiles} />
          <ThemeSwitch />
          <button
            type="button"
            class="plain"
            aria-label="Help"
            title="Help (?)"
            onClick={() => setIsHelp(true)}
          >
            ?
          </button>
        </nav>
      </header>
      <main>
        <search>
          <form
            class="question"
            onSubmit={(event) => {
              event.preventDefault();
              change({ question: text.trim() }, true);
            }}
          >
            <label class="visually-hidden" for="question">
              Question
            </label>
            <input
              ref={input}
              id="question"
              type="search"
              value={text}
              maxLength={2000}
              placeholder="Ask your texts"
              autocomplete="off"
              autofocus={link.question === ""}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
            {isBusy ? (
              <button type="button" class="primary" onClick={actions.stop}>
                Stop
              </button>
            ) : (
              <button type="submit" class="primary" disabled={collection === undefined}>
                Ask
              </button>
            )}
          </form>
        </search>
        <div class="all-settings">
          <SettingsBar
            name={link.other && "A"}
            settings={link.settings}
            models={models}
            scale={scaleFor(first)}
            onChange={(settings) => change({ settings })}
          />
          {link.other && (
            <SettingsBar
              name="B"
              settings={link.other}
              models={models}
              scale={scaleFor(second)}
              onChange={(other) => change({ other })}
            />
          )}
          <button
            type="button"
            class="plain compare"
            aria-pressed={link.other !== undefined}
            onClick={toggleCompare}
          >
            {link.other === undefined ? "Compare" : "End comparison"}
          </button>
        </div>
        <Uploading task={task} onClose={() => setTask(undefined)} />
        {isGone && (
          <p class="notice" role="status">
            The texts of this link are gone: what is dropped on the page is kept until the program ends.
          </p>
        )}
        <div id="results" tabIndex={-1}>
          <Results
            hasTexts={collection !== undefined}
            hasQuestion={link.question !== ""}
            first={first}
            second={link.other && second}
            isBusy={isBusy}
            onOpen={setOpened}
          />
        </div>
      </main>
      {opened && collection && (
        <SourcePanel collection={collection.id} passage={opened} onClose={() => setOpened(undefined)} />
      )}
      {isHelp && <HelpDialog onClose={() => setIsHelp(false)} />}
    </>
  );
}

function Results({
  hasTexts,
  hasQuestion,
  first,
  second,
  isBusy,
  onOpen,
}: {
  readonly hasTexts: boolean;
  readonly hasQuestion: boolean;
  readonly first: Asked;
  readonly second: Asked | undefined;
  readonly isBusy: boolean;
  readonly onOpen: (passage: AskedPassage) => void;
}) {
  const error = first.error ?? second?.error;
  const warnings = [...new Set([...(first.answer?.warnings ?? []), ...(second?.answer?.warnings ?? [])])];
  const isComplete = first.answer && first.settings && (second === undefined || second.answer);
  return (
    <>
      <p class="visually-hidden" role="status">
        {isBusy ? "" : summaryOf(first)}
      </p>
      {error && (
        <p class="notice problem" role="alert">
          {error.message}
        </p>
      )}
      {warnings.map((warning) => (
        <p key={warning} class="notice">
          {warning}
        </p>
      ))}
      {isComplete ? (
        <Board
          side={{ answer: first.answer!, settings: first.settings! }}
          other={second && { answer: second.answer!, settings: second.settings! }}
          isBusy={isBusy}
          onOpen={onOpen}
        />
      ) : isBusy ? (
        <Waiting />
      ) : (
        !hasQuestion && <Intro hasTexts={hasTexts} />
      )}
    </>
  );
}

/** Where the answer is going to be. */
function Waiting() {
  return (
    <div class="waiting" aria-hidden="true">
      {Array.from({ length: 6 }, (_, i) => (
        <span key={i} />
      ))}
    </div>
  );
}

function summaryOf({ answer }: Asked): string {
  if (answer === undefined) return "";
  const best = answer.passages.filter(({ place }) => place !== undefined);
  const top = best.find(({ place }) => place === 1);
  if (top === undefined) return "Nothing was found.";
  return `${best.length} of ${answer.passages.length} passages in ${answer.milliseconds.total} ms. The best is in ${top.source}, line ${top.lines.from}.`;
}

function scaleFor({ answer }: Asked) {
  return answer?.model === undefined ? { min: 0, max: 1 } : scoresOf(answer).scale;
}
