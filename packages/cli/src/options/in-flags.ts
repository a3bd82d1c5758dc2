/**
 * Replaces names of classes' options in an error message by flags: `` `chunkSize` `` → `--chunk-size`.
 *
 * @param flags by the options' names; other names stay
 */
export function inFlags(message: string, flags: Readonly<Record<string, string>>): string {
  return message.replace(/`(\w+)(?:\[\d+\])?`/g, (text, option: string) =>
    Object.hasOwn(flags, option) ? (flags[option] as string) : text,
  );
}
