import { type Identifier, type SourceFile, SyntaxKind } from "ts-morph";

/** Cache by file. It stays valid because files are never changed: edits are made in the text. */
const known = new WeakMap<SourceFile, ReadonlyMap<string, readonly Identifier[]>>();

/** Finds all identifiers of a file with this spelling, in their order. A file is walked only once for all names. */
export function identifiersNamed(file: SourceFile, name: string): readonly Identifier[] {
  let byName = known.get(file);
  if (byName === undefined) {
    byName = grouped(file);
    known.set(file, byName);
  }
  return byName.get(name) ?? [];
}

function grouped(file: SourceFile): ReadonlyMap<string, readonly Identifier[]> {
  const byName = new Map<string, Identifier[]>();
  for (const identifier of file.getDescendantsOfKind(SyntaxKind.Identifier)) {
    const name = identifier.getText();
    const found = byName.get(name);
    if (found === undefined) byName.set(name, [identifier]);
    else found.push(identifier);
  }
  return byName;
}
