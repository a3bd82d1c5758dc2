/**
 * Reads the lines of a stream of bytes, each without its end.
 *
 * @param end the byte that ends a line. Bytes after the last one are a line, too, if there are any.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array | string>,
  end: number,
): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const piece of input) {
    const bytes = Buffer.from(piece as Uint8Array);
    let start = 0;
    for (let at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end, start)) {
      yield Buffer.concat([...begun, bytes.subarray(start, at)]);
      begun = [];
      start = at + 1;
    }
    if (start < bytes.length) begun.push(bytes.subarray(start));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}
