/** [256] ids of the tokens that stand for bytes ("<0x0A>"), where a vocabulary has them. */
export function byteTokenIds(
  tokenId: (token: string) => number | undefined,
): readonly (number | undefined)[] {
  return Array.from({ length: 256 }, (_, byte) =>
    tokenId(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`),
  );
}
