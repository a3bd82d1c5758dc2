import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Path of an installed Chromium or Chrome; `undefined` if there is none. */
export const browser = findBrowser();

function findBrowser(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}
