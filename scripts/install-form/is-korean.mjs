/** Whether a page is a translation into Korean. @param {string} page path from the repository's root, with slashes */
export function isKorean(page) {
  return page.endsWith(".ko.md") || page.startsWith("docs/ko/");
}
