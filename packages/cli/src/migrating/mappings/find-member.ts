import { type SourceFile, SyntaxKind } from "ts-morph";
import type { Finding } from "../contract/finding.js";

/** The first place of a file that uses a member of one of these names, whatever of. */
export function findMember(
  file: SourceFile,
  members: readonly string[],
  message: (member: string) => string,
): Finding | undefined {
  const found = file
    .getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)
    .find((access) => members.includes(access.getName()));
  return found && { line: found.getNameNode().getStartLineNumber(), message: message(found.getName()) };
}
