/** A plugin of markdown-it that keeps `{{` and `}}` of texts unchanged: Vue, which renders VitePress' pages, would treat them as an expression. */
export function literalBraces(markdown) {
  for (const kind of ["text", "code_inline"]) {
    const render = markdown.renderer.rules[kind];
    markdown.renderer.rules[kind] = (...given) =>
      render(...given)
        .replaceAll("{{", "&#123;&#123;")
        .replaceAll("}}", "&#125;&#125;");
  }
}
