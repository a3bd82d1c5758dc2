import { resolve } from "node:path";
import { homeFolder } from "./home-folder.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** `$NAME` and `${NAME}`; `%NAME%` on Windows as well. */
const VARIABLE = /\$(?:(\w+)|\{([^}]*)\})/g;
const WINDOWS_VARIABLE = /%([^%]+)%/g;

/** An absolute path by Python's os.path.expanduser, then os.path.expandvars: an unknown variable stays as it is written. */
export function expandPath(path: string, env: Environment): string {
  const value = (found: string, name: string) => env[name] ?? found;
  const atHome = path.replace(/^~(?=$|[/\\])/, homeFolder);
  const expanded = atHome.replace(VARIABLE, (found, bare?: string, braced?: string) =>
    value(found, bare ?? braced ?? ""),
  );
  return resolve(process.platform === "win32" ? expanded.replace(WINDOWS_VARIABLE, value) : expanded);
}
