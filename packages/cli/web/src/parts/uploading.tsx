/** An upload that is running, has failed, or has left files out. */
export type Task =
  | { readonly what: string; readonly share: number; readonly stop: () => void }
  | { readonly error: string }
  | {
      readonly done: string;
      readonly problems: readonly { readonly source: string; readonly reason: string }[];
    };

/** Shows the progress or the result of an upload. */
export function Uploading({
  task,
  onClose,
}: {
  readonly task: Task | undefined;
  readonly onClose: () => void;
}) {
  if (task === undefined) return null;
  if ("error" in task) {
    return (
      <div class="notice problem" role="alert">
        <p>{task.error}</p>
        <button type="button" class="plain" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </div>
    );
  }
  if ("done" in task) {
    const { done, problems } = task;
    return (
      <div class="notice" role="status">
        <details>
          <summary>
            {done} is ready. {problems.length} {problems.length === 1 ? "file was" : "files were"} left out.
          </summary>
          <ul>
            {problems.slice(0, 50).map(({ source, reason }) => (
              <li key={source}>
                {source}: {reason}
              </li>
            ))}
          </ul>
        </details>
        <button type="button" class="plain" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </div>
    );
  }
  return (
    <div class="notice">
      <label class="progress">
        {task.what} <progress max={1} value={task.share} />
      </label>
      <button type="button" class="plain" onClick={task.stop}>
        Stop
      </button>
    </div>
  );
}
