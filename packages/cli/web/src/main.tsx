import { render } from "preact";
import { App } from "./app.js";
import { applyTheme, savedTheme } from "./theme.js";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/board.css";
import "./styles/panels.css";
import "./styles/text.css";

applyTheme(savedTheme());
render(<App token={takeToken()} />, document.getElementById("app") as HTMLElement);

/** Reads the token from the address, and removes it from the address bar and the history, so that no link has it. */
function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? undefined;
  if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
  return token;
}
