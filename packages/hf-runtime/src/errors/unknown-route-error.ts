import { SecondpassError } from "@secondpass/core";

/** Thrown if a model that routes texts by their task has no route for this task. */
export class UnknownRouteError extends SecondpassError {
  override readonly name = "UnknownRouteError";

  constructor(
    readonly model: string,
    /** What the text is for; undefined if the caller gives no task. */
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
