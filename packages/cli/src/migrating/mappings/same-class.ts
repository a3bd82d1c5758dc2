import type { Mapping } from "../contract/mapping.js";

/** What {@link sameClass} takes. */
interface SameClassOptions extends Pick<Mapping, "modules" | "remarks" | "obstacle"> {
  readonly name: string;
  /** @default the same name */
  readonly newName?: string;
  readonly to: string;
}

/** A class or type that is used here as it was there; its methods for subclasses are others. */
export function sameClass({
  modules,
  name,
  newName = name,
  to,
  remarks,
  obstacle,
}: SameClassOptions): Mapping {
  return {
    modules,
    name,
    to: { module: to, name: newName },
    ...(remarks !== undefined && { remarks }),
    ...(obstacle !== undefined && { obstacle }),
    rewrite: ({ kind }) =>
      kind === "extends" ? `a class extends ${name}, whose inner methods are others here` : undefined,
  };
}
