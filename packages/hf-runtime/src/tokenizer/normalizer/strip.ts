import type { ComponentJson } from "../json/component-json.js";
import { IS_SPACE } from "../unicode/is-space.js";
import { cuts } from "./cuts.js";
import type { NormalizedPiece, NormalizerKind } from "./normalizer.js";

interface StripJson extends ComponentJson {
  readonly strip_left: boolean;
  readonly strip_right: boolean;
}

/** Removes the white space at one end or both. */
export const strip: NormalizerKind<StripJson> = {
  types: ["Strip"],
  create: (json) => {
    const ends = (text: string): readonly [start: number, end: number] => {
      let start = 0;
      let end = text.length;
      if (json.strip_left) while (start < end && IS_SPACE[text.charCodeAt(start)] === 1) start++;
      if (json.strip_right) while (end > start && IS_SPACE[text.charCodeAt(end - 1)] === 1) end--;
      return [start, end];
    };
    const normalize = (text: string): string => text.slice(...ends(text));
    const pieces = (text: string): NormalizedPiece[] => {
      const [start, end] = ends(text);
      return [{ start, end }];
    };
    // At a cut, the second part may start with a space, but the first never ends with one.
    return Object.assign(normalize, {
      canCut: json.strip_left ? undefined : cuts.betweenLetters,
      pieces,
    });
  },
};
