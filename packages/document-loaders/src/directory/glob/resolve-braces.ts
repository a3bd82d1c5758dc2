import { braceRange } from "./brace-range.js";
import type { GlobToken } from "./glob-token.js";

/**
 * Resolves braces, so that all remaining ones have partners and at least two choices. Ranges become choices (`{1..3}` → `{1,2,3}`), and
 * braces and commas without a meaning become ordinary characters: `{a}`, `{a,b`, `a,b`.
 *
 * @param maxTokens limit of tokens; tokens after it may be left out
 */
export function resolveBraces(tokens: readonly GlobToken[], maxTokens: number): GlobToken[] {
  const partners = bracePartners(tokens);
  const resolved: GlobToken[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length && resolved.length <= maxTokens; at++) {
    const token = tokens[at]!;
    const partner = partners.get(at);
    if (token.kind === "open" && partner !== undefined) {
      const range = rangeBetween(tokens, at, partner);
      if (range === undefined) {
        depth++;
        resolved.push(token);
        continue;
      }
      pushChoices(resolved, range, maxTokens);
      at = partner;
    } else if (token.kind === "close" && partner !== undefined) {
      depth--;
      resolved.push(token);
    } else if (token.kind === "comma" && depth > 0) resolved.push(token);
    else resolved.push(token.text === undefined ? token : literal(token.text));
  }
  return resolved;
}

/** Positions of the partners of braces, in both directions. */
function bracePartners(tokens: readonly GlobToken[]): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const open: { readonly at: number; hasChoices: boolean }[] = [];
  tokens.forEach(({ kind }, at) => {
    const top = open.at(-1);
    if (kind === "open") open.push({ at, hasChoices: false });
    else if (kind === "comma" && top) top.hasChoices = true;
    else if (kind === "close" && top) {
      open.pop();
      if (!top.hasChoices && rangeBetween(tokens, top.at, at) === undefined) return;
      partners.set(top.at, at).set(at, top.at);
    }
  });
  return partners;
}

/** Longest text of a range: two numbers of 15 digits with their signs, and two dots. */
const LONGEST_RANGE = 34;

function rangeBetween(
  tokens: readonly GlobToken[],
  open: number,
  close: number,
): Iterable<string> | undefined {
  if (close - open - 1 > LONGEST_RANGE) return undefined;
  return braceRange(
    tokens
      .slice(open + 1, close)
      .map(({ kind, text }) => (kind === "one" ? text : ","))
      .join(""),
  );
}

function pushChoices(resolved: GlobToken[], values: Iterable<string>, maxTokens: number): void {
  let kind: "open" | "comma" = "open";
  for (const value of values) {
    if (resolved.length > maxTokens) return;
    resolved.push({ kind, text: "" }, ...Array.from(value, literal));
    kind = "comma";
  }
  resolved.push({ kind: "close", text: "" });
}

function literal(text: string): GlobToken {
  return { kind: "one", test: (other) => other === text, text };
}
