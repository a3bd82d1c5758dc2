import { choice } from "./choice.js";
import { flag } from "./flag.js";
import { optional } from "./optional.js";

/** The fields by which a request says whether and where texts that are too long are cut. Each protocol has names of its own for them. */
export const TRUNCATION = {
  truncate: optional(flag),
  truncation: optional(flag),
  truncation_direction: optional(choice("Left", "Right")),
  truncation_side: optional(choice("left", "right")),
};

/** How a request wants its texts cut. */
export interface Truncation {
  /** Whether texts that are too long are cut; false refuses them, and undefined leaves it to the server's setting. */
  readonly truncate: boolean | undefined;
  /** The end that is cut off. @default the model's own */
  readonly truncationSide?: "left" | "right" | undefined;
}

/** Values of {@link TRUNCATION} → what the model is told. @param usual whether to cut if the request does not say. @default the server's setting */
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
