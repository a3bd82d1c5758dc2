import type { ComponentJson } from "../json/component-json.js";
import type { NormalizedPiece, NormalizerKind } from "./normalizer.js";

interface PrependJson extends ComponentJson {
  readonly prepend: string;
}

/** Puts a text in front of every text that is not empty. */
export const prepend: NormalizerKind<PrependJson> = {
  types: ["Prepend"],
  create: ({ prepend: before }) =>
    Object.assign((text: string) => (text === "" ? "" : before + text), {
      pieces: (text: string): NormalizedPiece[] =>
        text === ""
          ? []
          : [
              { start: 0, end: 0, written: before },
              { start: 0, end: text.length },
            ],
    }),
};
