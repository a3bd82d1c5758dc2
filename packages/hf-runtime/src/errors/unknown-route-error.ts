import { SecondpassError } from "@secondpass/core";

/** A model that reads texts by what they are for has no way for this one. */
export class UnknownRouteError extends SecondpassError {
  override readonly name = "UnknownRouteError";

  constructor(
    readonly model: string,
    /** What the text is for; undefined if the caller does not say. */
    readonly task: string | undefined,
    readonly routes: readonly string[],
  ) {
    const got = task === undefined ? "no task, and the model has no default route" : `"${task}"`;
    super(
      `Expected a task that the Router of ${model} has a route for (${routes.join(", ")}), got ${got}. ` +
        'Pass `task: "query"` or `task: "document"`, or set default_route or route_mappings in a copy of its router_config.json.',
    );
  }
}
