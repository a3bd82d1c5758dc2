import type { AST } from "@eslint-community/regexpp";
import { CodePointSet } from "./code-point-set.js";
import { isOneCharacter, type OneCharacter } from "./one-character.js";
import type { Instruction, Program } from "./program.js";

/**
 * Maximum instructions of a pattern, with its repetitions written out. Every character of a text may meet every instruction: at this
 * limit, a text that is encoded without a pause takes about 20 ms. Patterns of real tokenizers have fewer than 100.
 */
const MAX_INSTRUCTIONS = 500;

/**
 * Compiles a pattern for the linear matcher.
 * @throws SyntaxError if the pattern cannot be matched in linear time (backreferences) or has too many parts
 */
export function compilePattern(pattern: AST.Pattern): Program {
  const compiler = new Compiler();
  const match = compiler.add({ type: "match" });
  const start = compiler.alternatives(pattern.alternatives, match, false);
  return { code: compiler.code, start, looksBehind: pattern.raw.includes("(?<") };
}

/** Compiles from the end: each part gets the index of the instruction that follows it. */
class Compiler {
  readonly code: Instruction[] = [];
  private readonly sets = new Map<string, CodePointSet>();
  private isInLookaround = false;

  add(instruction: Instruction): number {
    if (this.code.length >= MAX_INSTRUCTIONS) throw tooLong();
    return this.code.push(instruction) - 1;
  }

  alternatives(alternatives: readonly AST.Alternative[], next: number, backwards: boolean): number {
    return alternatives
      .map(({ elements }) => this.sequence(elements, next, backwards))
      .reduceRight((other, start) => this.add({ type: "split", next: start, other }));
  }

  private sequence(elements: readonly AST.Element[], next: number, backwards: boolean): number {
    const last = backwards ? elements : [...elements].reverse();
    return last.reduce((index, element) => this.element(element, index, backwards), next);
  }

  private element(element: AST.Element, next: number, backwards: boolean): number {
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return this.add({ type: "set", set: this.setOf(element), backwards, next });
      case "Group":
      case "CapturingGroup":
        return this.alternatives(element.alternatives, next, backwards);
      case "Quantifier":
        return this.quantifier(element, next, backwards);
      case "Assertion":
        return this.assertion(element, next);
      default:
        throw notLinear(element);
    }
  }

  private quantifier(quantifier: AST.Quantifier, next: number, backwards: boolean): number {
    const { element, min, max, greedy } = quantifier;
    const isUnbounded = max === Number.POSITIVE_INFINITY;
    // An empty part adds no instructions, so that `add` would not limit its repetitions.
    if (min > MAX_INSTRUCTIONS || (!isUnbounded && max > MAX_INSTRUCTIONS)) throw tooLong();
    let index = next;
    if (!isUnbounded) {
      for (let optional = max - min; optional > 0; optional--) {
        const part = this.element(element, index, backwards);
        index = this.choice(part, next, greedy);
      }
    } else if (greedy && !backwards && isOneCharacter(element)) {
      index = this.add({ type: "run", set: this.setOf(element), next });
    } else {
      // A lookaround records failed ways, but a loop that matches nothing leads back to a way that has not failed yet.
      if (this.isInLookaround && isEmptyAllowed(element)) throw notLinear(quantifier);
      const loop = this.add({ type: "split", next: -1, other: -1 });
      const part = this.element(element, loop, backwards);
      const [first, second] = greedy ? [part, next] : [next, part];
      Object.assign(this.code[loop]!, { next: first, other: second });
      index = loop;
    }
    for (let required = min; required > 0; required--) index = this.element(element, index, backwards);
    return index;
  }

  private choice(part: number, next: number, greedy: boolean): number {
    return this.add({ type: "split", next: greedy ? part : next, other: greedy ? next : part });
  }

  private assertion(assertion: AST.Assertion, next: number): number {
    if (assertion.kind !== "lookahead" && assertion.kind !== "lookbehind") throw notLinear(assertion);
    const isInner = this.isInLookaround;
    this.isInLookaround = true;
    const match = this.add({ type: "match" });
    const body = this.alternatives(assertion.alternatives, match, assertion.kind === "lookbehind");
    this.isInLookaround = isInner;
    return this.add({ type: "look", body, negated: assertion.negate, next });
  }

  private setOf(part: OneCharacter): CodePointSet {
    let set = this.sets.get(part.raw);
    if (!set) {
      set = new CodePointSet(part);
      this.sets.set(part.raw, set);
    }
    return set;
  }
}

function isEmptyAllowed({ raw }: AST.Element): boolean {
  return new RegExp(`^(?:${raw})$`, "u").test("");
}

function notLinear({ raw }: AST.Node): SyntaxError {
  return new SyntaxError(`"${raw.slice(0, 100)}" cannot be matched in linear time`);
}

function tooLong(): SyntaxError {
  return new SyntaxError(
    `the pattern has more than ${MAX_INSTRUCTIONS} parts once its repetitions are written out`,
  );
}
