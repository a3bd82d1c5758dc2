/** A plugin of markdown-it that keeps `{{` and `}}` of texts as they are: Vue, which VitePress gives its pages to, would take them for an expression. */
export function literalBraces(markdown) {
  for (const kind of ["text", "code_inline"]) {
    const render = markdown.renderer.rules[kind];
    markdown.renderer.rules[kind] = (...given) =>
      render(...given)
        .replaceAll("{{", "&#123;&#123;")
        .replaceAll("}}", "&#125;&#125;");
  }
}
