import { SecondpassError } from "@secondpass/core";

/** A call of a tool that cannot be fulfilled for a reason that the agent can remove. The message is for the agent. */
export class ToolError extends SecondpassError {
  override readonly name = "ToolError";
}
