import { checkTexts } from "../../texts/check-texts.js";

/** Whether an error has one of these codes of the operating system. @throws {InvalidOptionError} if a code is not a string. Not by `instanceof`: under jest, Node's errors are of another realm. */
export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  checkTexts(codes, "codes");
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    codes.some((code) => code === error.code)
  );
}
