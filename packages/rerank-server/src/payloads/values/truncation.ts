import { choice } from "./choice.js";
import { flag } from "./flag.js";
import { optional } from "./optional.js";

/** The fields with which a request says whether and where too long texts are cut. Each protocol has its own names for them. */
export const TRUNCATION = {
  truncate: optional(flag),
  truncation: optional(flag),
  truncation_direction: optional(choice("Left", "Right")),
  truncation_side: optional(choice("left", "right")),
};

/** Truncation that a request wants. */
export interface Truncation {
  /** Whether too long texts are cut; false rejects them with 413, undefined means the server's setting. */
  readonly truncate: boolean | undefined;
  /** The end that is cut off. @default the model's own */
  readonly truncationSide?: "left" | "right" | undefined;
}

/** Converts values of {@link TRUNCATION} to the model's options. @param usual whether to cut if the request does not say. @default the server's setting */
export function readTruncation(
  values: {
    readonly truncate?: boolean | undefined;
    readonly truncation?: boolean | undefined;
    readonly truncation_direction?: "Left" | "Right" | undefined;
    readonly truncation_side?: "left" | "right" | undefined;
  },
  usual?: boolean,
): Truncation {
  const side = values.truncation_direction ?? values.truncation_side;
  return {
    truncate: values.truncate ?? values.truncation ?? usual,
    truncationSide: side === undefined ? undefined : side.toLowerCase() === "left" ? "left" : "right",
  };
}
