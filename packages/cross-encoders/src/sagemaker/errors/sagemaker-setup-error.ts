import { CrossEncoderError } from "../../errors/cross-encoder-error.js";

/** Thrown if the AWS client cannot send requests, because it found no valid region or no credentials. */
export class SagemakerSetupError extends CrossEncoderError {
  override readonly name = "SagemakerSetupError";

  /**
   * @param missing the setting that the client did not find
   * @param found the invalid value that it found instead, if any
   */
  constructor(
    readonly missing: "region" | "credentials",
    profile: string | undefined,
    cause: unknown,
    found?: string,
  ) {
    const where =
      profile === undefined
        ? ""
        : ` Does ~/.aws/config have the profile "${profile}", and does this set one?`;
    const how =
      missing === "region"
        ? "pass `region`, set AWS_REGION, or name a `profile` that has one."
        : "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a `profile`, or run where a role is attached.";
    super(`Expected AWS ${missing}, found ${found === undefined ? "none" : `"${found}"`}: ${how}${where}`, {
      cause,
    });
  }
}
