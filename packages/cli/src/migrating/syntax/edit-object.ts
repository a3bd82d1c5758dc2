import { Node, type ObjectLiteralExpression } from "ts-morph";
import type { Edit } from "../contract/edit.js";
import { indentOf } from "./indent-of.js";
import { lineEnding } from "./line-ending.js";
import { propertiesOf } from "./properties-of.js";
import { removeFromList } from "./remove-from-list.js";

/**
 * Makes edits that change the properties of an object, and keep its layout.
 *
 * @param replacements by name, the properties that replace one; an empty list removes it
 * @param additions new properties, such as "chunkSize: 1000": at the end, or first if a spread may override them
 */
export function editObject(
  object: ObjectLiteralExpression,
  replacements: ReadonlyMap<string, readonly string[]>,
  additions: readonly string[] = [],
): Edit[] {
  const items = object.getProperties();
  const text = object.getSourceFile().getFullText();
  const first = items[0];
  const isOnLines = first !== undefined && /\n/.test(text.slice(object.getStart(), first.getStart()));
  const between =
    first !== undefined && isOnLines ? `,${lineEnding(text)}${indentOf(text, first.getStart())}` : ", ";
  const byNode = new Map(
    propertiesOf(object).properties.flatMap(({ node, name }) => {
      const replacement = replacements.get(name);
      return replacement === undefined ? [] : [[node, replacement] as const];
    }),
  );
  const gone = new Set<Node>(items.filter((item) => byNode.get(item)?.length === 0));
  const kept = items.filter((item) => !gone.has(item));
  const [firstKept, lastKept] = [kept[0], kept.at(-1)];
  if (firstKept === undefined || lastKept === undefined) {
    const inside = additions.length > 0 ? `{ ${additions.join(", ")} }` : "{}";
    return [{ start: object.getStart(), end: object.getEnd(), text: inside }];
  }
  const edits = removeFromList(items, gone);
  for (const [node, replacement] of byNode) {
    if (replacement.length === 0) continue;
    edits.push({ start: node.getStart(), end: node.getEnd(), text: replacement.join(between) });
  }
  if (additions.length > 0) {
    const added = additions.join(between);
    // A comment after the last property belongs to it.
    const isFirst =
      items.some((item) => Node.isSpreadAssignment(item)) ||
      /^,?[ \t]*\/[/*]/.test(text.slice(lastKept.getEnd(), lastKept.getEnd() + 100));
    const place = isFirst ? firstKept.getStart() : lastKept.getEnd();
    const isReplaced = byNode.has(lastKept) && !isFirst;
    if (isReplaced) {
      const at = edits.findIndex(({ start }) => start === lastKept.getStart());
      edits[at] = { ...edits[at]!, text: `${edits[at]!.text}${between}${added}` };
    } else {
      edits.push({ start: place, end: place, text: isFirst ? `${added}${between}` : `${between}${added}` });
    }
  }
  return edits;
}
