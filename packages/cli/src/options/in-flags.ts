/**
 * Names flags in the text of an error that names options of classes: `` `chunkSize` `` → `--chunk-size`.
 *
 * @param flags by the options' names; other names stay as they are
 */
export function inFlags(message: string, flags: Readonly<Record<string, string>>): string {
  return message.replace(/`(\w+)(?:\[\d+\])?`/g, (text, option: string) =>
    Object.hasOwn(flags, option) ? (flags[option] as string) : text,
  );
}
