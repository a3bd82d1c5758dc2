export { browser } from "./browser.js";
export { bundleForBrowser } from "./bundle-for-browser.js";
export { runInBrowser } from "./run-in-browser.js";
