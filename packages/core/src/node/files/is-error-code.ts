import { checkTexts } from "../../texts/check-texts.js";

/**
 * Whether an error has one of these codes of the operating system. Does not use `instanceof`: in jest, Node's errors come from another realm.
 * @throws {InvalidOptionError} if a code is not a string
 */
export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  checkTexts(codes, "codes");
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    codes.some((code) => code === error.code)
  );
}
