/**
 * Where a separator goes: nowhere (`false`), to the piece behind it (`true` or "start": the piece starts with it), or to the
 * piece before it ("end").
 */
export type KeepSeparator = boolean | "start" | "end";
