import { checkCallback } from "../../options/check-callback.js";
import { checkObject } from "../../options/check-object.js";
import { checkText } from "../../texts/check-text.js";
import { checkTexts } from "../../texts/check-texts.js";
import type { FileSet } from "./file-set.js";

/** @throws {InvalidOptionError} if the value is not a file set */
export function checkFileSet(set: FileSet): void {
  checkObject("set", set, "a file set");
  checkText(set.folder, "set.folder");
  checkText(set.head, "set.head");
  checkTexts(set.members, "set.members");
  checkCallback("set.isNamed", set.isNamed);
}
