import { InvalidOptionError } from "../../errors/invalid-option-error.js";

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Free some space and try again",
  EDQUOT: "the disk quota is used up. Free some space and try again",
  EFBIG: "the file is larger than this file system or the process's limits allow",
  EACCES: "this process has no permission. Check the owner and mode of the file and its folders",
  EPERM: "this process has no permission. Check the owner, mode and attributes of the file and its folders",
  EROFS: "the file system is read-only. Use a folder that can be written",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "there is a folder of this name. Remove it, or use another name",
  EEXIST: "there is something of this name already. Remove it, or use another name",
  ENOTEMPTY: "there is a folder of this name. Remove it, or use another name",
  ELOOP: "symbolic links lead in a circle",
  ENAMETOOLONG: "the name is longer than the file system allows",
  EMFILE: "this process has too many files open",
  ENFILE: "the system has too many files open",
  EBUSY: "the file is in use by another program",
  EIO: "the disk reports an error",
};

/**
 * Describes an error of the operating system, with its code and what to do: the second half of a message.
 * @throws {InvalidOptionError} if it is not an error
 */
export function fileErrorAdvice(error: NodeJS.ErrnoException): string {
  if (typeof error?.message !== "string")
    throw new InvalidOptionError("error", "an error of the operating system", error);
  const { code = "unknown", message } = error;
  return `${ADVICE[code] ?? message} (${code}).`;
}
