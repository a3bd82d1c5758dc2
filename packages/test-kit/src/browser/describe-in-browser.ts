import { describe } from "@jest/globals";
import { browser } from "./browser.js";

/** `describe` if there is a browser; otherwise the report says skipped, with the reason in the name. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (browser !== undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: no Chromium or Chrome on PATH)`, tests);
}
