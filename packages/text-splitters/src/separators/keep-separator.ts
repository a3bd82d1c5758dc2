/**
 * Whether separators are kept: `false` drops them; `true` or "start" puts a separator at the start of the piece after it; "end" puts it
 * at the end of the piece before it.
 */
export type KeepSeparator = boolean | "start" | "end";
