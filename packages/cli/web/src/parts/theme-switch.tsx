import { useState } from "preact/hooks";
import { applyTheme, savedTheme, type Theme } from "../theme.js";

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const SYMBOLS: Readonly<Record<Theme, string>> = { system: "◐", light: "☀", dark: "☾" };

/** A button that switches between light, dark and the system's theme. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(savedTheme);
  return (
    <button
      type="button"
      class="plain"
      aria-label={`Colours: ${theme}. Change to ${NEXT[theme]}`}
      title={`Colours: ${theme}`}
      onClick={() => {
        applyTheme(NEXT[theme]);
        setTheme(NEXT[theme]);
      }}
    >
      <span aria-hidden="true">{SYMBOLS[theme]}</span>
    </button>
  );
}
