/** Shortest value that is hidden; shorter ones could be parts of ordinary words. */
const MIN_LENGTH = 4;
const SECRET_NAME = /auth|key|token|secret|cookie|password|sig/i;

/** Finds the values of headers and of the query string that errors must not show, with and without their scheme ("Bearer …"). */
export function secrets(headers: Readonly<Record<string, string>>, url: URL): string[] {
  return [...Object.entries(headers), ...url.searchParams]
    .filter(([name]) => SECRET_NAME.test(name))
    .flatMap(([, value]) => [value, ...value.split(/[\s;,=]+/).slice(1)])
    .filter((value) => value.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length);
}
