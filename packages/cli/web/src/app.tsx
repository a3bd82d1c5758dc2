import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import {
  type AnswerPassage,
  type ApiError,
  api,
  type DroppedFile,
  type PageAnswer,
  type PageState,
} from "./api.js";
import { nameOf, sortFiles } from "./dropped-files.js";
import { scoresOf } from "./parts/board.js";
import { HelpDialog } from "./parts/help-dialog.js";
import { Notice } from "./parts/notice.js";
import { QuestionBox } from "./parts/question-box.js";
import { Results } from "./parts/results.js";
import { SettingsBar } from "./parts/settings-bar.js";
import { SourcePanel } from "./parts/source-panel.js";
import { TopBar } from "./parts/top-bar.js";
import { type Task, Uploading } from "./parts/uploading.js";
import { DEFAULTS, type LinkState, linkOf, readLink, settingsInWords } from "./settings.js";
import { textsInWords } from "./texts-in-words.js";
import { type AnswerState, useAnswer } from "./use-answer.js";
import { useKeys } from "./use-keys.js";
import { usePage } from "./use-page.js";
import { useReplaced } from "./use-replaced.js";

/** The page. @param props.token of the opened address; undefined in a tab that already has the cookie */
export function App({ token }: { readonly token: string | undefined }) {
  const [page, setPage] = useState<PageState>();
  const [failure, setFailure] = useState<ApiError>();
  useEffect(() => {
    const begin = async () => {
      if (token !== undefined) await api.openSession(token);
      setPage(await api.readState());
    };
    begin().catch(setFailure);
  }, [token]);
  if (failure !== undefined) return <Failure error={failure} />;
  if (page === undefined) return <p class="starting">Starting …</p>;
  return <Search first={page} />;
}

function Failure({ error }: { readonly error: ApiError }) {
  const isPrivate = error.kind === "unauthorized";
  return (
    <main class="failure">
      <h1>{isPrivate ? "This page is private" : "The page cannot start"}</h1>
      <p role="alert">
        {isPrivate
          ? "Only the person who started the program can use it. Open the address that the program printed. If it was started again, open the new one."
          : error.message}
      </p>
    </main>
  );
}

function Search({ first: firstPage }: { readonly first: PageState }) {
  const [link, setLink] = useState<LinkState>(() => readLink(location.search));
  const [text, setText] = useState(link.question);
  const [attempt, setAttempt] = useState(0);
  const [opened, setOpened] = useState<{ passage: AnswerPassage; collection: string }>();
  const [isHelp, setIsHelp] = useState(false);
  const [isSetting, setIsSetting] = useState(false);
  const [task, setTask] = useState<Task>();
  const input = useRef<HTMLTextAreaElement>(null);
  const { page, problem, refresh, learn } = usePage(firstPage, link.collection);
  const { collections, models } = page;
  const collection = collections.find(({ id }) => id === link.collection) ?? collections[0];
  const { replaced, forget } = useReplaced(collection);
  const onAnswer = useCallback((answer: PageAnswer) => learn(answer.collection), [learn]);
  const first = useAnswer(collection, link.question, link.settings, attempt, onAnswer);
  const second = useAnswer(collection, link.question, link.other, attempt, onAnswer);
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
    change({
      other:
        other === undefined ? { ...settings, blend: settings.blend === 0 ? DEFAULTS.blend : 0 } : undefined,
    });
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
      const { files, left, problem: reason } = sortFiles(dropped, page.uploads);
      if (reason !== undefined) return setTask({ error: reason });
      const controller = new AbortController();
      const name = nameOf(files);
      const show = (what: string, share: number) => {
        setTask({ what: `${what}: ${name}`, share, stop: () => controller.abort() });
      };
      api
        .upload(name, files, show, controller.signal)
        .then(async ({ collection, problems }) => {
          await refresh([collection.id]);
          change({ collection: collection.id }, true);
          const all = [...left, ...problems];
          setTask(all.length > 0 ? { done: name, problems: all } : undefined);
          input.current?.focus();
        })
        .catch((error: Error) => setTask(controller.signal.aborted ? undefined : { error: error.message }));
    },
    [page.uploads, refresh, change],
  );
  const remove = async (id: string) => {
    await api.removeCollection(id).catch(() => {});
    await refresh();
    change({ collection: undefined });
  };
  const submit = () => {
    setAttempt((before) => before + 1);
    change({ question: text.trim() }, text.trim() !== link.question);
  };

  // A problem of the question is more useful than one of the refresh.
  const isAlreadyShown = first.error !== undefined || second.error !== undefined;
  const problems = isAlreadyShown ? [] : problem === undefined ? page.problems : [problem.message];
  const isBusy = first.isBusy || (link.other !== undefined && second.isBusy);
  return (
    <>
      <a class="skip" href="#results">
        Skip to the results
      </a>
      <TopBar
        collections={collections}
        collection={collection}
        onChoose={(id) => change({ collection: id }, true)}
        onRemove={(id) => void remove(id)}
        onFiles={onFiles}
        onHelp={() => setIsHelp(true)}
      />
      <main>
        <search>
          <form
            class="question"
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <QuestionBox
              input={input}
              text={text}
              hasFocus={link.question === ""}
              onText={setText}
              onSubmit={submit}
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
        <div class="settings-area">
          <button
            type="button"
            class="plain settings-toggle"
            aria-expanded={isSetting}
            aria-controls="settings"
            onClick={() => setIsSetting(!isSetting)}
          >
            {link.other === undefined ? (
              <>
                <span class="visually-hidden">Settings: </span>
                {settingsInWords(link.settings, models)}
              </>
            ) : (
              "Settings of A and B"
            )}
          </button>
          <div class={`all-settings ${isSetting ? "opened" : ""}`} id="settings">
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
          </div>
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
        {problems.map((message) => (
          <Notice key={message} isProblem>
            {message}
          </Notice>
        ))}
        {isGone && (
          <Notice>
            The texts of this link are gone. What is dropped on the page is kept as long as a page is open
            that has it, and the program runs.
          </Notice>
        )}
        {replaced && (
          <Notice onClose={forget}>
            The index of {replaced.name} was replaced: {textsInWords(replaced)}.
            {link.question !== "" && " The question was sent again."}
          </Notice>
        )}
        <div id="results" tabIndex={-1}>
          <Results
            hasTexts={collection !== undefined}
            first={first}
            second={link.other && second}
            isBusy={isBusy}
            question={link.question}
            onOpen={(passage, collection) => setOpened({ passage, collection })}
          />
        </div>
      </main>
      {opened && <SourcePanel {...opened} onClose={() => setOpened(undefined)} />}
      {isHelp && <HelpDialog onClose={() => setIsHelp(false)} />}
    </>
  );
}

function scaleFor({ answer }: AnswerState) {
  return answer?.model === undefined ? { min: 0, max: 1 } : scoresOf(answer).scale;
}
