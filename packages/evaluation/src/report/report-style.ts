/** The only style sheet of the report. The report's Content-Security-Policy allows it by its hash. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --text: #1a1a1a; --back: #ffffff; --soft: #f1f3f5; --line: #c4c9cf; --bar: #3b6fb6; --win: #1b7837; --loss: #b2182b; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8e8e8; --back: #16181b; --soft: #23272c; --line: #4a5058; --bar: #6f9fdc; --win: #6cc283; --loss: #f08a8f; }
}
body { color: var(--text); background: var(--back); font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem; }
h1, h2, h3 { line-height: 1.2; }
table { border-collapse: collapse; margin: 0.5rem 0; }
.scroll { overflow-x: auto; }
caption { text-align: left; padding: 0.25rem 0; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.6rem; text-align: right; vertical-align: top; }
th[scope="row"], thead th:first-child { text-align: left; font-weight: normal; }
thead th { background: var(--soft); }
svg { width: 100%; max-width: 44rem; height: auto; font: 12px system-ui, sans-serif; fill: var(--text); display: block; }
.bar { fill: var(--bar); }
.whisker { stroke: var(--text); stroke-width: 1.5; fill: none; }
path.win { stroke: var(--win); stroke-width: 2; }
path.loss { stroke: var(--loss); stroke-width: 2; }
circle.before { fill: var(--back); stroke: var(--text); stroke-width: 1.5; }
circle.win { fill: var(--win); }
circle.loss { fill: var(--loss); }
td.win { color: var(--win); }
td.loss { color: var(--loss); }
details { border: 1px solid var(--line); border-radius: 4px; margin: 0.5rem 0; padding: 0.4rem 0.8rem; }
summary { cursor: pointer; }
blockquote { background: var(--soft); margin: 0.3rem 0; padding: 0.4rem 0.8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.made { font-size: 0.85em; border: 1px solid var(--line); border-radius: 4px; padding: 0 0.3em; }
`;
