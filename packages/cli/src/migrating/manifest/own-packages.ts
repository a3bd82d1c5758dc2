/** Our packages that a program imports. */
export function ownPackages(program: string): string[] {
  return [...program.matchAll(/["'`](@secondpass\/[a-z-]+)(?=["'`/])/g)].map(([, name = ""]) => name);
}
