import { markUnits } from "../code-point-set.js";
import { EXTENDERS, LONERS } from "../generated/code-point-ranges.js";
import { Charsmap } from "./charsmap.js";

// Classes of UTF-16 code units.
/** Stays as it is, unless an extender follows. */
const PLAIN = 0;
/** Has to be looked up. */
const MAPPED = 1;
/** May belong to the character in front of it. */
const EXTENDER = 2;
/** PLAIN or MAPPED, not looked up yet: to ask for all 65,536 at once would cost more than most texts do. */
const UNSEEN = 3;

/** `tokenizers` looks clusters of fewer UTF-8 bytes than this up whole, longer ones character by character. */
const CLUSTER_BYTES = 6;

/**
 * The Precompiled normalizer of `tokenizers`: replaces grapheme clusters by SentencePiece's rules (nmt_nfkc and its like).
 * A cluster of fewer than six bytes is looked up as a whole first and, where a rule fits its beginning, replaced as a
 * whole; otherwise each of its characters is. Only a base with extenders behind it makes a cluster that small (what joins
 * jamo, flags and emoji takes six bytes and more), so that is all the segmentation there needs to be.
 */
export function precompiledNormalizer(base64: string): (text: string) => string {
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
  units.fill(MAPPED, 0xd800, 0xe000); // Surrogates: the whole character is looked up.
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

  /** One cluster: whole if small enough and a rule fits, else by character. */
  const normalizeCluster = (cluster: string): string => {
    if (Buffer.byteLength(cluster) < CLUSTER_BYTES) {
      const whole = charsmap.replacement(cluster);
      if (whole !== undefined) return whole;
    }
    return Array.from(cluster, replace).join("");
  };

  return (text) => {
    let result = "";
    let copied = 0;
    for (let at = 0; at < text.length; ) {
      const end = characterEnd(text, at);
      const joined = units[text.charCodeAt(end)] === EXTENDER; // NaN beyond the end: undefined.
      if (!joined && isPlain(text.charCodeAt(at))) {
        at = end;
        continue;
      }
      let clusterEnd = end;
      if (text.charCodeAt(at) === 0x0d && text.charCodeAt(end) === 0x0a) clusterEnd = end + 1;
      else if (joined && !loners[text.charCodeAt(at)]) {
        while (units[text.charCodeAt(clusterEnd)] === EXTENDER) clusterEnd++;
      }
      const part = text.slice(at, clusterEnd);
      const replaced = clusterEnd === end ? replace(part) : normalizeCluster(part);
      if (replaced !== part) {
        result += text.slice(copied, at) + replaced;
        copied = clusterEnd;
      }
      at = clusterEnd;
    }
    return copied === 0 ? text : result + text.slice(copied);
  };
}

function characterEnd(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length ? at + 2 : at + 1;
}
