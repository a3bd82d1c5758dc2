/** Arguments of a valid call, by the function's name. */
export type FunctionCalls = Readonly<Record<string, readonly unknown[]>>;
