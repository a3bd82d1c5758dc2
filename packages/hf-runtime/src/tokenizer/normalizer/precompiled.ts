import type { ComponentJson } from "../json/component-json.js";
import { EXTENDERS, LONERS, PICTOGRAPHS, PREPENDED } from "../unicode/generated/code-point-ranges.js";
import { markUnits } from "../unicode/mark-units.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { Charsmap } from "./charsmap.js";
import { cuts } from "./cuts.js";
import type { Normalizer, NormalizerKind } from "./normalizer.js";

interface PrecompiledJson extends ComponentJson {
  /** SentencePiece's rules in base64, or nothing. */
  readonly precompiled_charsmap?: string | null;
}

/** Replaces grapheme clusters by SentencePiece's rules (nmt_nfkc and similar). */
export const precompiled: NormalizerKind<PrecompiledJson> = {
  types: ["Precompiled"],
  create: ({ precompiled_charsmap: rules }) =>
    rules
      ? createPrecompiled(rules)
      : Object.assign((text: string) => text, { canCut: cuts.betweenCharacters }),
};

// Classes of UTF-16 code units.
/** Stays as it is, unless an extender follows. */
const PLAIN = 0;
/** Has to be looked up. */
const MAPPED = 1;
/** May belong to the character in front of it. */
const EXTENDER = 2;
/** PLAIN or MAPPED, not looked up yet: looking up all 65,536 would cost more than most texts do. */
const UNSEEN = 3;
/** Half of a character beyond U+FFFF: MAPPED, and possibly an extender. */
const SURROGATE = 4;

const EXTENDER_PATTERN = rangesPattern(EXTENDERS);
const IS_LONER = new RegExp(`^${rangesPattern(LONERS)}`, "u");
const IS_EXTENDER = new RegExp(`^${EXTENDER_PATTERN}`, "u");
/** The end of a text that takes any character after it into its grapheme cluster. */
const TAKES_ANY = new RegExp(`${rangesPattern(PREPENDED)}$`, "u");
/** The end of a text that takes a pictograph into its grapheme cluster. */
const TAKES_PICTOGRAPH = new RegExp(`${rangesPattern(PICTOGRAPHS)}${EXTENDER_PATTERN}*\\u200d$`, "u");
/** [UTF-16 units] 1 for units that may end one of these texts, which are rare. */
const MAY_TAKE_NEXT = new Uint8Array(0x10000).fill(1, 0xdc00, 0xe000).fill(1, 0x200d, 0x200e);
markUnits(MAY_TAKE_NEXT, PREPENDED, 1);
const IS_PICTOGRAPH = new RegExp(`^${rangesPattern(PICTOGRAPHS)}`, "u");
/** UTF-16 units that are searched backwards for such an end: enough for any real sequence, and few enough for a text of nothing else. */
const LOOK_BACK = 32;

/** `tokenizers` looks up clusters of fewer UTF-8 bytes as a whole, and longer ones character by character. */
const CLUSTER_BYTES = 6;

/** Extenders on each side of a cut: more than CLUSTER_BYTES in UTF-8. */
const EXTENDERS_ASIDE = 4;

/**
 * Builds the normalizer of a charsmap. A cluster of fewer than six bytes is first looked up as a whole. If a rule matches its
 * beginning, the rule replaces the whole cluster; otherwise each character is looked up. Only a base with extenders after it
 * makes a cluster that small (those of jamo, flags and emoji have six bytes and more). So no further segmentation is needed,
 * except for bases that belong to a larger cluster: after a prepended character, or after a pictograph and a joiner.
 */
function createPrecompiled(base64: string): Normalizer {
  const charsmap = new Charsmap(base64);
  const known = new Map<string, string>();
  const replace = (part: string): string => {
    let result = known.get(part);
    if (result === undefined) {
      result = charsmap.replacement(part) ?? part;
      known.set(part, result);
    }
    return result;
  };
  const units = new Uint8Array(0x10000).fill(UNSEEN);
  units.fill(SURROGATE, 0xd800, 0xe000); // The whole character is looked up.
  markUnits(units, EXTENDERS, EXTENDER);
  const isPlain = (unit: number): boolean => {
    if (units[unit] === UNSEEN) {
      const character = String.fromCharCode(unit);
      units[unit] = replace(character) === character ? PLAIN : MAPPED;
    }
    return units[unit] === PLAIN;
  };
  const loners = new Uint8Array(0x10000);
  markUnits(loners, LONERS, 1);
  const isLoner = (text: string, at: number): boolean => {
    const unit = text.charCodeAt(at);
    return loners[unit] === 1 || (units[unit] === SURROGATE && IS_LONER.test(text.slice(at, at + 2)));
  };

  const normalizeCharacters = (text: string): string => {
    let result = "";
    for (const character of text) result += replace(character);
    return result;
  };

  /** Normalizes a cluster: as a whole if it is small enough and a rule matches, otherwise by character. */
  const normalizeCluster = (cluster: string): string => {
    const isSmall = Buffer.byteLength(cluster) < CLUSTER_BYTES;
    return (isSmall ? charsmap.replacement(cluster) : undefined) ?? normalizeCharacters(cluster);
  };

  /** Whether the character at a place joins the one in front of it. */
  const isExtender = (text: string, at: number): boolean => {
    const kind = units[text.charCodeAt(at)];
    return kind === EXTENDER || (kind === SURROGATE && IS_EXTENDER.test(text.slice(at, at + 2)));
  };

  const normalize = (text: string): string => {
    let result = "";
    let copied = 0;
    for (let at = 0; at < text.length; ) {
      const kind = units[text.charCodeAt(at)];
      const end = kind === SURROGATE ? characterEnd(text, at) : at + 1;
      const next = units[text.charCodeAt(end)]; // NaN beyond the end: undefined.
      if (kind === PLAIN && next !== EXTENDER && next !== SURROGATE) {
        at = end; // The most frequent case.
        continue;
      }
      const joined = next === EXTENDER || (next === SURROGATE && isExtender(text, end));
      if (!joined && isPlain(text.charCodeAt(at))) {
        at = end;
        continue;
      }
      let clusterEnd = end;
      if (text.charCodeAt(at) === 0x0d && text.charCodeAt(end) === 0x0a) clusterEnd = end + 1;
      else if (joined && !isLoner(text, at)) {
        while (isExtender(text, clusterEnd)) clusterEnd = characterEnd(text, clusterEnd);
      }
      const part = text.slice(at, clusterEnd);
      const replaced =
        clusterEnd === end
          ? replace(part)
          : belongsToLarger(text, at)
            ? normalizeCharacters(part)
            : normalizeCluster(part);
      if (replaced !== part) {
        result += text.slice(copied, at) + replaced;
        copied = clusterEnd;
      }
      at = clusterEnd;
    }
    return copied === 0 ? text : result + text.slice(copied);
  };

  /** Whether a place is in a run of extenders so long that both parts of the cluster are looked up character by character, like the whole. */
  const isWithinLongCluster = (text: string, at: number): boolean => {
    let start = at;
    let end = at;
    for (let extenders = 0; extenders < EXTENDERS_ASIDE; extenders++) {
      start = characterStart(text, start);
      if (start < 0 || !isExtender(text, start) || !isExtender(text, end)) return false;
      end = characterEnd(text, end);
    }
    return true;
  };
  const canCut = (text: string, at: number): boolean => {
    if (!cuts.betweenCharacters(text, at)) return false;
    if (isExtender(text, at)) return isWithinLongCluster(text, at);
    return !belongsToLarger(text, at) && text.charCodeAt(at) !== 0x0a;
  };
  return Object.assign(normalize, { canCut });
}

/** Whether the character at a place continues the grapheme cluster before it; false for a carriage return. */
function belongsToLarger(text: string, at: number): boolean {
  if (!MAY_TAKE_NEXT[text.charCodeAt(at - 1)] || text.charCodeAt(at) === 0x0d) return false;
  const before = text.slice(Math.max(0, at - LOOK_BACK), at);
  return (
    TAKES_ANY.test(before) || (IS_PICTOGRAPH.test(text.slice(at, at + 2)) && TAKES_PICTOGRAPH.test(before))
  );
}

function characterEnd(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length ? at + 2 : at + 1;
}

/** Start of the character that ends at a place; negative at the start of the text. */
function characterStart(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && (text.codePointAt(end - 2) ?? 0) > 0xffff ? end - 2 : end - 1;
}
