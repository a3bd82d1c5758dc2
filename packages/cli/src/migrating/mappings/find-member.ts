import { Node, type SourceFile } from "ts-morph";
import type { Finding } from "../contract/finding.js";
import { identifiersNamed } from "../syntax/identifiers-named.js";

/** Finds the first place of a file that uses a member with one of these names, of any object. */
export function findMember(
  file: SourceFile,
  members: readonly string[],
  message: (member: string) => string,
): Finding | undefined {
  const [found] = members
    .flatMap((name) => identifiersNamed(file, name))
    .filter((identifier) => {
      const parent = identifier.getParent();
      return Node.isPropertyAccessExpression(parent) && parent.getNameNode() === identifier;
    })
    .sort((a, b) => a.getStart() - b.getStart());
  return found && { line: found.getStartLineNumber(), message: message(found.getText()) };
}
