/** What is shown before the first question. */
export function Intro({ hasTexts }: { readonly hasTexts: boolean }) {
  return (
    <section class="intro" aria-labelledby="intro-title">
      <h2 id="intro-title">
        {hasTexts ? "Ask a question to see both passes" : "There is nothing to ask yet"}
      </h2>
      {hasTexts ? (
        <ol>
          <li>
            <strong>First pass</strong> Words and meaning propose candidates, in milliseconds.
          </li>
          <li>
            <strong>Second pass</strong> A reranker reads each candidate together with your question.
          </li>
          <li>
            <strong>Evidence</strong> The sentences that decided are marked; one click shows the passage in
            its document.
          </li>
        </ol>
      ) : (
        <p>
          Drop files or a folder anywhere on this page: text, Markdown or HTML. They stay on this machine, and
          are gone when the program ends. Or index a folder, and start the page again:{" "}
          <code>secondpass ui docs</code>
        </p>
      )}
      {hasTexts && (
        <p class="quiet">
          <kbd>/</kbd> question <kbd>↑</kbd>
          <kbd>↓</kbd> passages <kbd>?</kbd> help. Drop files on the page to ask them.
        </p>
      )}
    </section>
  );
}
