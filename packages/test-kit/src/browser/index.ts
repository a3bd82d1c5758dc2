export { bundleForBrowser } from "./bundle-for-browser.js";
export { runInBrowser } from "./run-in-browser.js";
