/** The two ways in which Python's pathlib joins and writes paths, by class name. */
export function pathText(className: string, parts: readonly string[]): string {
  return className.includes("Windows") ? windowsPath(parts) : posixPath(parts);
}

/** A part that begins with a slash replaces those before it; empty names and `.` are left out. */
function posixPath(parts: readonly string[]): string {
  const start = parts.findLastIndex((part) => part.startsWith("/"));
  const used = parts.slice(Math.max(0, start));
  // POSIX: two slashes at the beginning may mean something of their own; more mean one.
  const root = start < 0 ? "" : /^\/\/(?!\/)/.test(used[0]!) ? "//" : "/";
  return root + withoutEmptyNames(used.join("/")) || ".";
}

/** As above, with backslashes, and with a drive or share that a part may begin with. */
function windowsPath(parts: readonly string[]): string {
  let drive = "";
  let root = "";
  let names = "";
  for (const part of parts) {
    const text = part.replace(/\\/g, "/");
    const ownDrive = /^(?:[A-Za-z]:|\/\/[^/]+\/[^/]+)/.exec(text)?.[0] ?? "";
    const rest = text.slice(ownDrive.length);
    const isRooted = rest.startsWith("/") || ownDrive.startsWith("/");
    if (isRooted || (ownDrive !== "" && ownDrive.toLowerCase() !== drive.toLowerCase())) {
      names = "";
      root = isRooted ? "/" : "";
    }
    if (ownDrive !== "") drive = ownDrive;
    names += `/${rest}`;
  }
  // Not `replaceAll`, which keeps a long path as hundreds of thousands of pieces.
  return (drive + root + withoutEmptyNames(names)).replace(/\//g, "\\") || ".";
}

/** Names and slashes between them, without empty names and `.`. */
function withoutEmptyNames(path: string): string {
  return `/${path}/`
    .replace(/\/+/g, "/")
    .replace(/(?:\/\.)+(?=\/)/g, "")
    .slice(1, -1);
}
