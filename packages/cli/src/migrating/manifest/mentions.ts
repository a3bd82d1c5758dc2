/** Whether a text names a package, or a module of it, between quotes. */
export function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? "";
    const after = text[at + name.length] ?? "";
    if (/["'`]/.test(before) && /["'`/]/.test(after)) return true;
  }
  return false;
}
