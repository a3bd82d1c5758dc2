/** Cuts a label to the space for it. */
export function shortened(text: string, length = 30): string {
  const characters = Array.from(text);
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
}
