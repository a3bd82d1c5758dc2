import type { AnswerPassage } from "../api.js";

/** The file of a passage and its first line. If the path is too long for one line, its folders are shortened, not its name. */
export function SourceName({ passage: { source, lines } }: { readonly passage: AnswerPassage }) {
  const name = source.lastIndexOf("/") + 1;
  return (
    <span class="source" title={source}>
      {name > 0 && <span class="folder">{source.slice(0, name)}</span>}
      <span class="file">{source.slice(name)}</span>
      <span class="line">:{lines.from}</span>
    </span>
  );
}
