import type { Mapping } from "../contract/mapping.js";

/** Options of {@link sameClass}. */
interface SameClassOptions extends Pick<Mapping, "modules" | "remarks" | "obstacle"> {
  readonly name: string;
  /** @default the same name */
  readonly newName?: string;
  readonly to: string;
}

/** Maps a class or type that is used in the same way in both packages, except that its methods for subclasses differ. */
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
      kind === "extends" ? `a class extends ${name}, whose internal methods differ here` : undefined,
  };
}
