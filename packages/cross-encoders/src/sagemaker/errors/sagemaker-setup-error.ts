import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** The AWS client cannot send anything: it found no region that can be one, or no credentials. */
export class SagemakerSetupError extends CrossEncoderError {
  override readonly name = "SagemakerSetupError";

  /**
   * @param missing what the client did not find
   * @param found what it found in its place; undefined for nothing
   */
  constructor(
    readonly missing: "region" | "credentials",
    profile: string | undefined,
    cause: unknown,
    found?: string,
  ) {
    const where =
      profile === undefined ? "" : ` Is there a profile "${profile}" in ~/.aws/config, and has it one?`;
    const how =
      missing === "region"
        ? "pass `region`, set AWS_REGION, or name a `profile` that has one."
        : "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a `profile`, or run where a role is attached.";
    super(`Expected AWS ${missing}, found ${found === undefined ? "none" : `"${found}"`}: ${how}${where}`, {
      cause,
    });
  }
}
