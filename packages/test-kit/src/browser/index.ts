export { bundleForBrowser } from "./bundle-for-browser.js";
export { describeInBrowser } from "./describe-in-browser.js";
export { runInBrowser } from "./run-in-browser.js";
