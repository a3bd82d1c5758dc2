/** Joins parts of a path as Python's pathlib does, in POSIX or Windows style by class name. */
export function pathText(className: string, parts: readonly string[]): string {
  return className.includes("Windows") ? windowsPath(parts) : posixPath(parts);
}

/** Joins a POSIX path: a part that begins with a slash replaces earlier parts; empty names and `.` are left out. */
function posixPath(parts: readonly string[]): string {
  const start = parts.findLastIndex((part) => part.startsWith("/"));
  const used = parts.slice(Math.max(0, start));
  // POSIX: two slashes at the beginning may have a special meaning; three or more mean one.
  const root = start < 0 ? "" : /^\/\/(?!\/)/.test(used[0]!) ? "//" : "/";
  return root + withoutEmptyNames(used.join("/")) || ".";
}

/** Joins a Windows path: as `posixPath`, with backslashes, and with a drive or share at the beginning of a part. */
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

/** Removes empty names and `.` from a path. */
function withoutEmptyNames(path: string): string {
  return `/${path}/`
    .replace(/\/+/g, "/")
    .replace(/(?:\/\.)+(?=\/)/g, "")
    .slice(1, -1);
}
