import { SecondpassError } from "@secondpass/core";

/** Thrown if a call of a tool fails for a reason that the agent can remove. The message is for the agent. */
export class ToolError extends SecondpassError {
  override readonly name = "ToolError";
}
