/** Shown before the first question. */
export function Intro({ hasTexts }: { readonly hasTexts: boolean }) {
  return (
    <section class="intro" aria-labelledby="intro-title">
      <Picture />
      <h2 id="intro-title">{hasTexts ? "Ask a question to see both passes" : "There are no texts yet"}</h2>
      {hasTexts ? (
        <>
          <ol>
            <li>
              <strong>First pass</strong>
              <span>Words and meaning find candidates, in milliseconds.</span>
            </li>
            <li>
              <strong>Second pass</strong>
              <span>A reranker reads each of them together with your question.</span>
            </li>
            <li>
              <strong>Evidence</strong>
              <span>Marked is the sentence that decided; one click opens the document.</span>
            </li>
          </ol>
          <p class="quiet keys">
            <kbd>/</kbd> question <kbd>↑</kbd> <kbd>↓</kbd> passages <kbd>?</kbd> help
          </p>
          <p class="quiet">Drop files or a folder anywhere on this page to search them.</p>
        </>
      ) : (
        <>
          <p>Drop files or a folder anywhere on this page: text, Markdown or HTML.</p>
          <p class="quiet">They stay on this machine, and are gone when this page is.</p>
          <p class="quiet">
            Or index a folder, and it appears here: <code>secondpass index docs</code>
          </p>
        </>
      )}
    </section>
  );
}

/** Widths of the lines in the picture. */
const LINES = [54, 66, 48, 62, 52, 58];

/** A picture of two orders with the moves between them. */
function Picture() {
  return (
    <svg class="picture" viewBox="0 0 320 120" aria-hidden="true" focusable="false">
      {LINES.map((width, i) => (
        <rect key={i} class="bar" x={100 - width} y={8 + i * 18} width={width} height="8" rx="4" />
      ))}
      <path class="same" d="M108 30C150 30 150 58 192 58" />
      <path class="same" d="M108 12C150 12 150 100 192 100" />
      <path class="up" d="M108 84C150 84 150 18 192 18" />
      {[0, 1, 2].map((i) => (
        <g key={i}>
          <rect class="card" x="200" y={2 + i * 41} width="112" height="32" rx="6" />
          <rect
            class={i === 0 ? "marked" : "bar"}
            x="210"
            y={10 + i * 41}
            width={i === 0 ? 84 : 70}
            height="6"
            rx="3"
          />
          <rect class="bar" x="210" y={20 + i * 41} width={92 - i * 12} height="6" rx="3" />
        </g>
      ))}
    </svg>
  );
}
