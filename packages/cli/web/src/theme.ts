/** What the page looks like: as the system says, or as the reader has chosen. */
export type Theme = "system" | "light" | "dark";

const KEY = "secondpass.theme";

export function savedTheme(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

/** Shows a theme and keeps it for the next time. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Browsers may forbid it: the choice holds until the page is left.
  }
}
