/** Path of a page on the site: "docs/guide/a.md" → "guide/a.md", "packages/core/README.md" → "packages/core/index.md". */
export function pageAddress(path) {
  if (path === "docs/site/index.md") return "index.md";
  if (path === "README.md") return "readme.md";
  return path.replace(/^docs\//, "").replace(/(?<=\/)README\.md$/, "index.md");
}
